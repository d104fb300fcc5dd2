from django import template

from hongdun.lib.particulars import ROLES
from hongdun.portal import queries

register = template.Library()


@register.filter
def status_colour(status: str) -> str:
    return queries.colour(status)


@register.filter
def role_label(role: str) -> str:
    return ROLES.get(role, role)
