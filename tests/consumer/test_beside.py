"""Beside the steps: urged, supervised, helped, asked about afterwards, taken up again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hongdun.base import clock
from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.cases.models import Case, Recusal
from hongdun.consumer.actions import beside, merchants
from hongdun.consumer.models import Answer, Kind, Matter, Reporter, Urge
from hongdun.documents.models import Document
from hongdun.outbox.models import Message
from tests.cases import builders as make
from tests.consumer import builders as build
from tests.org.builders import enter
from tests.registration.builders import tiny_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]


def mediated() -> tuple[Case, dict[str, object]]:
    """A complaint of the county, closed with an agreement; and who did what."""
    clerk = build.operator(build.COUNTY)
    people = {
        role: make.officer(role, organ=build.COUNTY) for role in ("examiner", "head", "station", "approver")
    }
    lead = people["station"]
    [case] = build.filed(clerk)
    build.go(case, "route", "keep", clerk)
    build.go(case, "accept", "accept", people["examiner"])
    build.go(case, "place", "own", people["examiner"])
    build.go(case, "assign", "assign", people["head"], data={"lead": str(lead.person)})
    build.go(case, "consent", "agreed", lead, data={"complainant_agrees": True, "merchant_agrees": True})
    build.go(case, "arrange", "arrange", lead, data={"way": "phone", "mediator": "卢海峰"})
    build.go(case, "mediate", "agree", lead)
    with pytest.raises(cases.Incomplete, match="选择原因"):
        build.go(case, "record", "note", lead, data={"agreement": "退款"})
    build.go(case, "record", "note", lead, data={"agreement": "退款", "why_no_statement": "remote"})
    build.go(case, "review", "pass", people["head"])
    return case, {"clerk": clerk, **people}


def test_a_reopened_complaint_is_a_new_file_and_is_called_back_by_somebody_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(beside, "SAMPLE", 10**40)
    case, people = mediated()
    closed = build.go(case, "close", "close", people["approver"])  # type: ignore[arg-type]
    clerk = people["clerk"]
    with acting(clerk):  # type: ignore[arg-type]
        assert not Case.objects.filter(procedure_code="consumer.revisit").exists()
        again = beside.reopen(closed, reason="商家没有退款", actor=clerk)  # type: ignore[arg-type]
        assert again.parent == closed
        assert Matter.objects.get(pk=again.pk).result == ""
        visit = beside.call_back_if_drawn(again, actor=people["approver"])  # type: ignore[arg-type]
        assert visit
        with pytest.raises(cases.Refused, match="已经在重新办理"):
            beside.reopen(closed, reason="再来", actor=clerk)  # type: ignore[arg-type]


def test_one_in_ten_is_called_back_and_never_by_who_handled_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "SAMPLE", 1)
    case, people = mediated()
    build.go(case, "close", "close", people["approver"])  # type: ignore[arg-type]
    with system_scope("测试"):
        visit = Case.objects.get(procedure_code="consumer.revisit")
        kept_out = set(Recusal.objects.filter(case=visit).values_list("officer", flat=True))
    assert people["clerk"].person in kept_out  # type: ignore[attr-defined]
    with pytest.raises(cases.NotAllowed, match="回避"):
        build.go(visit, "call", "confirm", people["clerk"])  # type: ignore[arg-type]
    build.go(visit, "call", "reopen", build.operator(build.COUNTY), opinion="没有收到退款")
    with system_scope("测试"):
        assert Case.objects.filter(parent=case, procedure_code="consumer.complaint").count() == 1


def test_only_an_organ_above_supervises_and_it_is_answered() -> None:
    city, clerk = make.officer("head", organ=build.CITY), build.operator(build.COUNTY)
    [case] = build.filed(clerk)
    day = clock.today() + timedelta(days=3)
    with acting(clerk), pytest.raises(cases.NotAllowed, match="上级机关"):
        beside.supervise(case, words="快办", due=day, actor=clerk)
    with acting(city):
        with pytest.raises(cases.Incomplete):
            beside.supervise(case, words="快办", due=clock.today() - timedelta(days=1), actor=city)
        row = beside.supervise(case, words="三日内报结果", due=day, actor=city)
    client = Client()
    enter(client, clerk)
    address = f"/desk/12315/more/{case.number}/"
    assert "三日内报结果" in client.get(address).content.decode()
    sent = client.post(address, {"what": "reply", "reply-row": str(row.pk), "reply-answer": "已约双方调解"})
    assert sent.status_code == 302
    with acting(clerk):
        assert Urge.objects.get(pk=row.pk).answer == "已约双方调解"


def test_joint_handling_shows_the_case_but_not_the_reporter() -> None:
    clerk, head = build.operator(build.COUNTY), make.officer("head", organ=build.COUNTY)
    helper = build.operator(build.SIBLING)
    [report] = build.filed(clerk, Kind.REPORT)
    with acting(helper):
        assert not Case.objects.filter(pk=report.pk).exists()
    with acting(head):
        beside.handle_jointly(report, organ=build.SIBLING, reason="上下游", actor=head)
    with acting(helper):
        assert Matter.objects.filter(pk=report.pk).exists()
        assert not Reporter.objects.filter(pk=report.pk).exists()


def test_a_clue_seen_in_mediation_is_verified_on_its_own() -> None:
    clerk = build.operator(build.COUNTY)
    [case] = build.filed(clerk)
    with acting(clerk):
        clue = beside.find_clue(case, text="货架上有过期食品", actor=clerk)
        assert beside.find_clue(case, text="货架上有过期食品", actor=clerk) == clue
        assert (clue.parent, clue.procedure_code) == (case, "consumer.report")
        assert Matter.objects.get(pk=clue.pk).phone_hash == ""


def test_the_merchant_answers_by_a_signed_address_and_sees_no_more_than_it_needs() -> None:
    clerk = build.operator(build.COUNTY)
    complaint, report = build.filed(clerk, Kind.COMPLAINT, Kind.REPORT, report_text="店里有假货")
    client = Client()
    address = merchants.address(complaint)
    page = client.get(address).content.decode()
    assert "空调不制冷" in page
    for hidden in ("李四", build.LISI.phone, "假货", report.number, "举报（"):
        assert hidden not in page
    said = client.post(address, {"stance": "agree", "text": "愿意换新机", "by": "王经理"})
    assert "已收到您的答复" in said.content.decode()
    with acting(clerk):
        assert Answer.objects.get(case=complaint).stance == "agree"
    assert client.get(address[:-5] + "xxxx/").status_code == 404


def opened_report(*, anonymous: bool = False, on: object = None) -> Case:
    clerk = build.operator(build.COUNTY)
    examiner, head, lead, approver = (
        make.officer(role, organ=build.COUNTY) for role in ("examiner", "head", "station", "approver")
    )
    [case] = build.filed(clerk, Kind.REPORT, anonymous=anonymous, on=on)  # type: ignore[arg-type]
    build.go(case, "route", "keep", clerk)
    build.go(case, "place", "own", examiner)
    build.go(case, "assign", "assign", head, data={"lead": str(lead.person)})
    build.go(case, "verify", "suspected", lead)
    build.go(case, "review", "pass", head)
    return build.go(case, "decide", "open", approver)


def test_enforcement_hears_of_an_opened_report_without_the_reporter() -> None:
    case = opened_report()
    with system_scope("测试"):
        message = Message.objects.get(topic="consumer.report_to_enforcement")
    assert message.body["number"] == case.number
    assert "李四" not in str(message.body)


@pytest.mark.parametrize(("day", "told"), [((2026, 4, 14), True), ((2026, 4, 15), False)])
def test_a_named_reporter_is_told_only_under_the_old_rule(day: tuple[int, int, int], *, told: bool) -> None:
    from datetime import date

    case = opened_report(on=date(*day))
    with system_scope("测试"):
        assert case.notices.filter(kind="report_result").exists() == told


def test_an_anonymous_reporter_is_told_nothing_and_gets_no_reward() -> None:
    from datetime import date

    case = opened_report(anonymous=True, on=date(2026, 4, 14))
    with system_scope("测试") as system:
        assert not case.notices.exists()
        with pytest.raises(cases.Refused, match="匿名"):
            beside.claim_reward(Case.objects.get(pk=case.pk), words="申请", actor=system)


def test_the_same_report_again_joins_the_first_and_starts_its_clock_anew() -> None:
    clerk, examiner = build.operator(build.COUNTY), make.officer("examiner", organ=build.COUNTY)
    first_day = clock.today() - timedelta(days=10)
    [first] = build.filed(clerk, Kind.REPORT, on=first_day)
    [second] = build.filed(clerk, Kind.REPORT)
    build.go(second, "route", "keep", clerk)
    with pytest.raises(cases.Incomplete, match="同一举报"):
        build.go(second, "place", "join", examiner, data={"join_to": "没有"})
    build.go(second, "place", "join", examiner, data={"join_to": first.number, "has_new_facts": True})
    assert build.reload(second).closed
    assert build.reload(first).clock_start == clock.today()


def test_the_sender_and_an_officer_add_papers_which_the_other_side_never_gets() -> None:
    clerk = build.operator(build.COUNTY)
    [case] = build.filed(clerk)
    client, public = Client(), Client()
    enter(client, clerk)
    file = SimpleUploadedFile("委托书.pdf", tiny_pdf(), "application/pdf")
    sent = client.post(f"/desk/12315/attach/{case.number}/", {"kind": "authorisation", "file": file})
    assert sent.status_code == 302
    opened = public.post("/12315/progress/", {"number": case.number, "phone": build.LISI.phone})
    token = opened.context["more"].initial["token"]
    mine = SimpleUploadedFile("小票.pdf", tiny_pdf(), "application/pdf")
    assert (
        "材料已收到"
        in public.post("/12315/progress/attach/", {"token": token, "file": mine}).content.decode()
    )
    bad = SimpleUploadedFile("小票.exe", b"MZ", "application/pdf")
    assert public.post("/12315/progress/attach/", {"token": token, "file": bad}).status_code == 422
    assert public.post("/12315/progress/attach/", {"token": "x", "file": mine}).status_code == 422
    with acting(clerk):
        kinds = sorted(Document.objects.filter(case_id=case.id).values_list("kind", flat=True))
    assert kinds == ["authorisation", "consumer_evidence"]


def test_progress_is_not_guessed() -> None:
    [case] = build.filed(build.operator(build.COUNTY))
    public = Client()
    asked = {"number": case.number, "phone": "13900000000"}
    answers = [public.post("/12315/progress/", asked).content.decode() for _ in range(8)]
    assert "没有找到" in answers[0]
    assert "没有找到" not in answers[-1]
    right = public.post("/12315/progress/", asked | {"phone": build.LISI.phone}).content.decode()
    assert case.title not in right
