from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from hongdun.base import clock
from hongdun.base.ids import uuid7
from hongdun.consumer.models import Matter

if TYPE_CHECKING:
    from hongdun.cases.models import Case

COUNT = """
INSERT INTO consumer_skill AS s (id, organ, object_class, month, closed) VALUES (%s, %s, %s, %s, 1)
ON CONFLICT (object_class, organ, month) DO UPDATE SET closed = s.closed + 1
"""


def count(case: Case) -> None:
    """One more of its class for the organ that closes it."""
    kind = Matter.objects.values_list("object_class", flat=True).get(pk=case.pk)
    if kind:
        with connection.cursor() as cursor:
            cursor.execute(COUNT, [uuid7(), case.organ, kind, clock.today().replace(day=1)])
