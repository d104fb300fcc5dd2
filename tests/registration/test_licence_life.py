"""From the loss of a licence to the new one: announced, replaced, printed, handed over; the old one says so (条例 art. 37)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from hongdun.base.scope import system_scope
from hongdun.cases.models import Notice
from hongdun.registration.licence.models import VoidNotice
from tests.registration import changes as build
from tests.registration import sheets

if TYPE_CHECKING:
    from hongdun.register.models import Entity

pytestmark = [pytest.mark.django_db, pytest.mark.db15]


@pytest.fixture
def entity() -> Entity:
    return build.company(with_licence=True)


def test_a_lost_licence_is_void_the_moment_it_is_declared_and_can_be_had_again(entity: Entity) -> None:
    client, [old, copy] = build.agent(), sheets.sheets_of(entity)
    case = sheets.declare(client, entity, old.serial, copy.serial)
    assert case.closed
    assert sheets.states(entity) == {"001": "lost", "002": "lost"}
    notice = VoidNotice.objects.get(entity=entity)
    assert [each["serial"] for each in notice.sheets] == [old.serial, copy.serial]
    page = Client().get(f"/verify/?serial={old.serial}").content.decode()
    assert "执照已声明作废" in page
    assert build.clock.today().strftime("%Y年%-m月%-d日") in page
    public = Client().get("/notices/licences/").content.decode()
    assert old.serial in public
    assert entity.name in public
    with system_scope("测试"):
        assert Notice.objects.filter(case=case, kind="void_declared").exists()

    case = sheets.apply(client, entity, "licence_reissue", {"sheets": [old.serial, copy.serial]})
    build.approve(case)
    assert len(sheets.sheets_of(entity)) == 2
    sheets.stock(originals=1, duplicates=1)
    run = sheets.printed(case)
    assert run.finished
    assert run.originals
    assert run.duplicates
    assert sheets.states(entity) == {"001": "lost", "002": "lost", "003": "valid", "004": "valid"}
    fresh = sheets.sheets_of(entity)[2]
    assert "执照有效" in Client().get(f"/verify/?serial={fresh.serial}").content.decode()
    assert "执照已声明作废" in Client().get(f"/verify/?serial={old.serial}").content.decode()
