from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from hongdun.desk import queries

if TYPE_CHECKING:
    from hongdun.base.actor import Actor

register = template.Library()


@register.simple_tag
def work_count(actor: Actor) -> str:
    """How many tasks wait at this post, for the navigation; empty if none."""
    found = queries.head_count(actor)
    return f"{queries.SHOWN_IN_HEAD}+" if found > queries.SHOWN_IN_HEAD else str(found or "")
