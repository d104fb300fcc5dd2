from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def clock(seconds: float) -> str:
    """Minutes and seconds as on a watch: 3:07."""
    whole = int(seconds)
    return f"{whole // 60}:{whole % 60:02d}"
