from hongdun.registration.establishment.forms.checks import Checklist, Delivery
from hongdun.registration.establishment.forms.pages import TOPICS

__all__ = ["TOPICS", "Checklist", "Delivery"]
