"""Templates of opinions: whose they are, how they are filled in, that using them is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hongdun.base.scope import acting, system_scope
from hongdun.cases.models import Task
from hongdun.cases.opinions import actions, queries
from hongdun.cases.opinions.models import OpinionTemplate, TemplateUse
from tests.cases import builders as make
from tests.cases.test_pages import sit

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
STATION = make.COUNTY + 1


def template(actor: Actor, *, title: str, shared: bool = False, **rest: str) -> OpinionTemplate:
    given = {"use": "examine", "procedure": "", "text": f"{title}的意见"} | rest
    with acting(actor):
        return actions.write(title=title, shared=shared, actor=actor, **given)  # type: ignore[arg-type]  # all strings


def titles(actor: Actor, case: Case, step: str = "examine") -> list[str]:
    with acting(actor):
        return [each.title for each in queries.offered(case, case.procedure.steps[step], actor)]


def test_ones_own_and_those_of_the_bureaus_above_are_offered() -> None:
    case = make.case()
    examiner, colleague = make.officer("examiner"), make.officer("examiner")
    head, region, other = (
        make.officer("head"),
        make.officer("head", organ=make.REGION),
        make.officer("head", organ=make.OTHER),
    )
    template(examiner, title="我的")
    template(colleague, title="同事的")
    template(head, title="本局的", shared=True)
    template(region, title="自治区的", shared=True)
    template(other, title="外地的", shared=True)
    template(head, title="别的业务的", shared=True, procedure="change")
    template(head, title="核准用的", shared=True, use="approve")
    shown = titles(examiner, case)
    assert shown[0] == "我的"
    assert {"本局的", "自治区的"} <= set(shown)
    assert not {"同事的", "外地的", "别的业务的", "核准用的"} & set(shown)
    assert "本局的" in titles(make.officer("station", organ=STATION), case)
    assert "核准用的" in titles(make.officer("approver"), case, "approve")


def test_written_twice_it_is_one_and_changed_into_itself_it_stays() -> None:
    examiner = make.officer("examiner")
    first = template(examiner, title="我的")
    assert template(examiner, title="我的").pk == first.pk
    with acting(examiner):
        given = {"use": "examine", "procedure": "", "text": "我的的意见", "title": "我的"}
        again = actions.write(**given, shared=False, actor=examiner, old=first)
    assert (again.pk, again.retired) == (first.pk, None)


def test_placeholders_are_filled_in_for_the_case() -> None:
    case = make.case(title="广西甲有限公司", data={"applicant": "覃红豆"})
    text = queries.filled("{申请人}申请{主体名称}{业务}（{受理编号}）{不认识的}", case)
    assert text == f"覃红豆申请广西甲有限公司{case.procedure.label}（{case.number}）{{不认识的}}"


def test_the_standard_ones_come_with_the_release_and_stay_retired() -> None:
    with system_scope("测试"):
        count = actions.load_standard()
        row = OpinionTemplate.objects.get(title="材料齐全，拟予登记")
        actions.retire(row, actor=make.officer("head", organ=make.REGION))
        assert actions.load_standard() == count
        row.refresh_from_db()
    assert row.retired


def test_a_template_is_put_in_without_a_script_and_its_use_is_kept() -> None:
    case, examiner = make.case(), make.officer("examiner")
    own = template(examiner, title="齐全", text="{主体名称}材料齐全")
    client, address = sit(examiner), f"/cases/{case.number}/examine/"
    page = client.post(address, {"template": str(own.pk), "opinion": "已核对原件。"})
    assert page.status_code == 200
    assert f"已核对原件。\n{case.title}材料齐全" in page.content.decode()
    assert f'name="used" value="{own.pk}"' in page.content.decode()
    with system_scope("测试"):
        assert Task.objects.get(case=case, step="examine").done is None
    answer = client.post(address, {"outcome": "agree", "opinion": "齐全", "used": [str(own.pk), "不是编号"]})
    assert answer.status_code == 302
    with system_scope("测试"):
        use = TemplateUse.objects.get()
    assert (use.template_id, use.case_id, use.officer) == (own.pk, case.id, examiner.person)
    assert "1 次" in client.get("/desk/opinions/").content.decode()


def test_a_refused_decision_keeps_which_template_was_used_and_notes_nothing() -> None:
    case, examiner = make.case(), make.officer("examiner")
    own = template(examiner, title="齐全")
    page = sit(examiner).post(f"/cases/{case.number}/examine/", {"outcome": "return", "used": str(own.pk)})
    assert page.status_code == 409
    assert f'value="{own.pk}"' in page.content.decode()
    with system_scope("测试"):
        assert not TemplateUse.objects.exists()


def test_what_is_used_most_comes_first() -> None:
    case, examiner = make.case(), make.officer("examiner")
    template(examiner, title="甲")
    often = template(examiner, title="乙")
    with acting(examiner):
        actions.note_use([often.pk], case=case, actor=examiner)
    assert titles(examiner, case)[:2] == ["乙", "甲"]


def test_templates_are_written_changed_and_retired_on_their_page() -> None:
    client, typed = (
        sit(make.officer("examiner")),
        {"title": "齐全", "use": "examine", "procedure": "", "whose": "own"},
    )
    wrong = client.post("/desk/opinions/", typed | {"text": "{主体}齐全"})
    assert "没有“{主体}”这一项" in wrong.content.decode()
    assert client.post("/desk/opinions/", typed | {"text": "甲", "whose": "bureau"}).status_code == 422
    client.post("/desk/opinions/", typed | {"text": "{主体名称}齐全"})
    row = OpinionTemplate.objects.get(title="齐全")
    client.post(f"/desk/opinions/{row.pk}/", typed | {"title": "都齐全", "text": "都齐全"})
    row.refresh_from_db()
    assert row.retired
    fresh = OpinionTemplate.objects.get(title="都齐全")
    client.post(f"/desk/opinions/{fresh.pk}/retire/")
    assert "都齐全</a>" not in client.get("/desk/opinions/").content.decode()


def test_only_those_who_lead_change_the_bureaus_and_nobody_anothers() -> None:
    head, examiner = make.officer("head"), make.officer("examiner")
    shared, own = template(head, title="本局的", shared=True), template(head, title="负责人的")
    for row in (shared, own):
        assert sit(examiner).get(f"/desk/opinions/{row.pk}/").status_code == 404
    assert sit(make.officer("approver")).get(f"/desk/opinions/{shared.pk}/").status_code == 200
    assert sit(make.officer("head", organ=make.OTHER)).get(f"/desk/opinions/{shared.pk}/").status_code == 404
