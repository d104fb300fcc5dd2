"""What goes on beside and around a change: mended again and again, pressed twice, decided by two (细则 art. 18)."""

from __future__ import annotations

import pytest

from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.cases.actions import Decision
from hongdun.register.models import Licence
from hongdun.registration.models import Draft
from tests.registration import changes as build
from tests.registration.test_change import sent_scope_change

pytestmark = [pytest.mark.django_db, pytest.mark.db15]


def test_returned_three_times_then_registered_once() -> None:
    entity, client = build.company(), build.agent()
    case = sent_scope_change(client, entity)
    for turn in range(3):
        defect = ({"text": f"第 {turn} 处", "article": ""},)
        build.finish(case, "examine", "examiner", Decision("return", items=defect))
        assert client.post(f"/my/{case.number}/mend/").status_code == 302
        with system_scope("测试"):
            again = Draft.objects.filter(case_number=case.number, sent=None).get()
        build.fill(client, again, "items", build.chosen("scope"))
        build.fill(client, again, "scope", {"scope": f"软件开发；第{turn}项服务"})
        [signature] = build.ask(again)
        build.sign(signature, build.HEAD)
        assert client.post(f"/apply/{again.pk}/check/").status_code == 302
        assert client.post(f"/apply/{again.pk}/check/").status_code in {302, 409}
    build.approve(case)
    assert build.now(entity).scope.text == "软件开发；第2项服务"
    with system_scope("测试"):
        assert entity.versions.filter(kind="change").count() == 1


def test_two_officers_at_once_and_a_double_click_register_once() -> None:
    entity, client = build.company(with_licence=True), build.agent()
    case = sent_scope_change(client, entity)
    build.finish(case, "examine", "examiner", Decision("pass"))
    first = build.officer("approver")
    for _ in range(2):
        with acting(first) as actor:
            cases.finish_step(case.number, "approve", Decision("register"), actor=actor)
    with pytest.raises(cases.NotOpen), acting(build.officer("approver", name="乙")) as actor:
        cases.finish_step(case.number, "approve", Decision("register"), actor=actor)
    with system_scope("测试"):
        assert entity.versions.filter(kind="change").count() == 1
        assert Licence.objects.filter(entity=entity, state="valid").count() == 2
