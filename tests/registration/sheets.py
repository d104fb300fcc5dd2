"""A company with licences, and what its people and officers do about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.base import clock
from hongdun.base.scope import acting, system_scope
from hongdun.register.models import Licence
from hongdun.registration.licence import blanks, printing
from hongdun.registration.licence.models import Delivery
from tests.registration import builders
from tests.registration import changes as build

if TYPE_CHECKING:
    from django.test import Client

    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case
    from hongdun.register.models import Entity
    from hongdun.registration.models import Draft

PICKUP = {"way": "pickup", "name": "韦小红", "phone": "", "home": ""}
POST = {
    "way": "post",
    "name": "黄志强",
    "phone": "13800000011",
    "home": "南宁市青秀区民族大道 100 号 1201 室",
}
ELECTRONIC = {"way": "electronic", "name": "", "phone": "", "home": ""}


def sheets_of(entity: Entity) -> list[Licence]:
    with system_scope("测试"):
        return list(Licence.objects.filter(entity=entity).order_by("serial"))


def states(entity: Entity) -> dict[str, str]:
    """By the last digits of the serial."""
    return {each.serial[-3:]: each.state for each in sheets_of(entity)}


def lost(*serials: str, cause: str = "lost", **other: Any) -> dict[str, Any]:
    day = clock.today().isoformat()
    return {"sheets": serials, "cause": cause, "day": day, "how": "搬迁途中遗失", "promise": "on"} | other


def signed(client: Client, draft: Draft) -> Case:
    build.fill(client, draft, "signer", build.HEAD)
    [signature] = build.ask(draft)
    build.sign(signature, build.HEAD)
    return build.send(client, draft)


def declare(client: Client, entity: Entity, *serials: str, **other: Any) -> Case:
    draft = build.begun(client, entity, "licence_loss")
    build.fill(client, draft, "sheets", lost(*serials, **other))
    return signed(client, draft)


def apply(
    client: Client, entity: Entity, filing: str, typed: dict[str, Any], *, delivery: dict[str, str] = PICKUP
) -> Case:
    draft = build.begun(client, entity, filing)
    build.fill(client, draft, "sheets", typed)
    build.fill(client, draft, "delivery", delivery)
    build.fill(client, draft, "documents", {})
    return signed(client, draft)


def stock(*, originals: int = 0, duplicates: int = 0, organ: int = build.QINGXIU, first: int = 1) -> None:
    with acting(counter(organ)) as actor:
        for copy, prefix, count in (("original", "Z", originals), ("duplicate", "F", duplicates)):
            if count:
                numbers = f"{prefix}{first:06d}", f"{prefix}{first + count - 1:06d}"
                blanks.receive(copy=copy, first=numbers[0], last=numbers[1], actor=actor)


def counter(organ: int = build.QINGXIU) -> Actor:
    return builders.officer("counter", organ=organ)


def delivery_of(case: Case) -> Delivery:
    with system_scope("测试"):
        return Delivery.objects.get(case_id=case.id)


def printed(*cases: Case, organ: int = build.QINGXIU) -> Any:
    """Chosen and printed, as the worker would."""
    with acting(counter(organ)) as actor:
        run = printing.begin([delivery_of(each).pk for each in cases], actor=actor)
    printing.print_run(run.pk)
    with system_scope("测试"):
        run.refresh_from_db()
    return run
