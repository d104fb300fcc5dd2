"""Both ways of cancelling a shop are taken in alike; what differs are the steps."""

from hongdun.registration.individual.cancellation.actions import submit

__all__ = ["submit"]
