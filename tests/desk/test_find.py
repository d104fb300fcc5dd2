from __future__ import annotations

import pytest

from hongdun.audit.models import Event
from hongdun.base.scope import system_scope
from tests.cases import builders as make
from tests.cases.test_pages import sit

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
LIUZHOU = 450_202_000


def test_a_number_of_another_bureau_finds_nothing_and_is_kept() -> None:
    case = make.case(organ=LIUZHOU)
    stranger = make.officer("examiner")
    page = sit(stranger).get("/desk/find/", {"q": case.number}).content.decode()
    assert f"/cases/{case.number}/" not in page
    with system_scope("测试"):
        kept = Event.objects.filter(verb="case.not_found", person=stranger.person)
        assert [event.subject for event in kept] == [case.number]


def test_words_that_are_no_number_are_not_kept() -> None:
    officer = make.officer("examiner")
    sit(officer).get("/desk/find/", {"q": "没有的名称"})
    with system_scope("测试"):
        assert not Event.objects.filter(verb="case.not_found", person=officer.person).exists()
