from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.cases.models import Task
from hongdun.register.models import Entity

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from hongdun.cases.models import Case

KINDS = {"ruling": "企业请求裁决（第二十一条）", "court": "人民法院生效法律文书（第二十三条）"}


def entity_of(case: Case) -> Entity:
    """Whose name the case is about; a ruling always has one."""
    assert case.entity is not None
    return Entity.objects.get(pk=case.entity)


def facts(case: Case) -> dict[str, Any]:
    """What the officer judges: whose name, who objects, on what ground."""
    entity = entity_of(case)
    return {
        "entity": entity,
        "stopped": entity.name == entity.uscc,
        "rows": [
            ("案件来源", KINDS[case.data["kind"]]),
            ("被请求的名称", case.data["name"]),
            ("统一社会信用代码", case.data["uscc"]),
            ("请求人或者法律文书", case.data["claimant"]),
            ("事实和理由", case.data["facts"]),
        ],
    }


def waiting_for_rename(*, due_before: date | None = None, entity: UUID | None = None) -> QuerySet[Task]:
    """Open tasks of entities that must change their name; overdue ones, or those of one entity."""
    found = Task.objects.filter(
        done=None, step__in=["rename", "list"], case__procedure_code="name_ruling"
    ).select_related("case")
    if due_before:
        found = found.filter(due__lt=due_before, step="rename")
    return found.filter(case__entity=entity) if entity else found
