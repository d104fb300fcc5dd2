from hongdun.registration.individual.pages import TOPICS

__all__ = ["TOPICS"]
