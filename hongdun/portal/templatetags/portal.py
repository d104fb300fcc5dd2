from django import template

from hongdun.lib.particulars import ROLES, STATUSES
from hongdun.portal import queries

register = template.Library()


@register.filter
def status_colour(status: str) -> str:
    return queries.colour(status)


@register.filter
def role_label(role: str) -> str:
    return ROLES.get(role, role)


@register.filter
def status_label(status: str) -> str:
    return STATUSES.get(status, status)
