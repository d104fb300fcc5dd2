"""The officer's pages over HTTP: list, case, task; refusals keep what was typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from hongdun.audit.models import Event
from hongdun.base import seat as seats
from hongdun.base.scope import acting, system_scope
from hongdun.cases.models import Task
from tests.cases import builders as make
from tests.cases import procedures

if TYPE_CHECKING:
    from hongdun.base.actor import Actor

pytestmark = pytest.mark.django_db


def sit(actor: Actor) -> Client:
    """A browser in which this officer is signed in, at this post."""
    from time import time

    from django.contrib.sessions.backends.db import SessionStore

    client = Client()
    now = int(time())
    with system_scope("测试"):
        session = SessionStore()
        seat = seats.Seat("officer", str(actor.person), 0, now, now, str(actor.post), actor.name)
        session[seats.SEAT] = seats.asdict(seat)
        session.save()
    client.cookies["sessionid"] = session.session_key or ""
    return client


def test_an_examiner_finds_decides_and_goes_on_to_the_next() -> None:
    first, second = make.case(title="广西甲有限公司"), make.case(title="广西乙有限公司")
    client = sit(make.officer("examiner"))
    page = client.get("/desk/work/")
    assert page.status_code == 200
    assert first.number in page.content.decode()
    task = f"/cases/{first.number}/examine/"
    assert "审查测试登记" in client.get(task).content.decode()
    done = client.post(task, {"outcome": "agree", "opinion": "齐全"}, follow=True)
    assert f"/cases/{second.number}/examine/" in unquote(done.redirect_chain[-1][0])
    assert "已办好" in done.content.decode()
    ended = client.post(f"/cases/{second.number}/examine/", {"outcome": "agree"}, follow=True)
    assert "没有下一件了" in ended.content.decode()
    assert "现在没有等您办理的案件" in ended.content.decode()


def test_the_filter_of_the_list_holds_for_the_next_task() -> None:
    wanted, other = make.case(title="桂林甲公司"), make.case(title="柳州乙公司")
    later = make.case(title="桂林丙公司")
    client = sit(make.officer("examiner"))
    page = client.get("/desk/work/?q=桂林").content.decode()
    assert wanted.number in page
    assert other.number not in page
    done = client.post(
        f"/cases/{wanted.number}/examine/?list=q%3D%E6%A1%82%E6%9E%97", {"outcome": "agree"}, follow=True
    )
    assert f"/cases/{later.number}/examine/" in unquote(done.redirect_chain[-1][0])


def test_a_refusal_without_grounds_is_shown_and_the_opinion_kept() -> None:
    case = make.case()
    make.finish(case.number, "examine", "agree", by=make.officer("examiner"))
    client = sit(make.officer("approver"))
    url = f"/cases/{case.number}/approve/"
    page = client.post(url, {"outcome": "refuse", "opinion": "经营范围违法"})
    assert page.status_code == 422
    assert "必须引用法律依据" in page.content.decode()
    assert "经营范围违法" in page.content.decode()
    done = client.post(url, {"outcome": "refuse", "opinion": "经营范围违法", "grounds": ["unlawful"]})
    assert done.status_code == 302
    record = client.get(f"/cases/{case.number}/").content.decode()
    assert "第十九条" in record
    assert "不予登记" in record


def test_the_one_time_notice_gathers_ticks_and_own_lines() -> None:
    case = make.case()
    client = sit(make.officer("examiner"))
    url = f"/cases/{case.number}/examine/"
    assert client.post(url, {"outcome": "defect"}).status_code == 422
    client.post(url, {"outcome": "defect", "more_items": "缺章程\n\n缺住所证明"})
    with system_scope("测试"):
        items = Task.objects.get(case=case.id, step="examine").data["items"]
    assert [i["text"] for i in items] == ["缺章程", "缺住所证明"]


def test_a_task_that_somebody_else_did_is_refused_in_words() -> None:
    case = make.case()
    client = sit(make.officer("examiner"))
    make.finish(case.number, "examine", "agree", by=make.officer("examiner", name="莫文"))
    page = client.post(f"/cases/{case.number}/examine/", {"outcome": "agree", "opinion": "我写的意见"})
    assert page.status_code == 409
    assert "已由莫文办理" in page.content.decode()
    text = page.content.decode()
    assert "我写的意见" in text
    assert 'name="outcome"' not in text, "已经办过的一步，没有按钮可按"
    assert "需要更正" not in text, "不是填错了"
    assert "/desk/work/next/" in text
    assert client.get(f"/cases/{case.number}/examine/").status_code == 302


def test_a_page_of_before_the_application_was_mended_decides_nothing() -> None:
    applicant = make.applicant()
    case = make.case(by=applicant)
    examiner = make.officer("examiner")
    client = sit(examiner)
    url = f"/cases/{case.number}/examine/"
    [seen] = re.findall(r'name="task" value="([^"]+)"', client.get(url).content.decode())
    make.finish(case.number, "examine", "defect", by=examiner, items=({"text": "缺章程"},))
    make.finish(case.number, "correct", "resubmit", by=applicant)
    stale = client.post(url, {"task": seen, "outcome": "agree", "opinion": "看的是补正前的材料"})
    assert stale.status_code == 409
    text = stale.content.decode()
    assert "您打开这一页之后" in text
    assert "看的是补正前的材料" in text
    [now] = re.findall(r'name="task" value="([^"]+)"', text)
    assert client.post(url, {"task": now, "outcome": "agree", "opinion": "已看"}).status_code == 302


def test_one_person_in_two_posts_is_told_why_not() -> None:
    case = make.case()
    examiner = make.officer("examiner")
    make.finish(case.number, "examine", "agree", by=examiner)
    client = sit(make.same_person(examiner, "approver"))
    assert "一审一核" in client.get(f"/cases/{case.number}/").content.decode()
    page = client.post(f"/cases/{case.number}/approve/", {"outcome": "register"})
    assert page.status_code == 409
    assert "由另一人员办理" in page.content.decode()


def test_another_city_gets_nothing_and_is_audited() -> None:
    case = make.case(title="广西鑫源数字科技有限公司")
    stranger = make.officer("examiner", organ=make.OTHER)
    client = sit(stranger)
    for url in (
        f"/cases/{case.number}/",
        f"/cases/{case.number}/examine/",
        f"/cases/{case.number}/diagram.bpmn",
    ):
        page = client.get(url)
        assert page.status_code == 404
        assert "鑫源" not in page.content.decode()
    for url in ("/desk/work/?where=below", "/desk/find/?q=广西鑫源", "/desk/work/export.csv?where=below"):
        assert case.number not in client.get(url).content.decode().replace(f'value="{case.number}"', "")
    with system_scope("测试"):
        seen = Event.objects.filter(verb="case.not_found", person=stranger.person)
        assert {e.subject for e in seen} == {case.number}


def test_strangers_are_sent_to_log_in() -> None:
    case = make.case()
    page = Client().get(f"/cases/{case.number}/")
    assert page.status_code == 302
    assert page["Location"].startswith("/desk/login/")


def test_the_case_page_tells_everything() -> None:
    case = make.case()
    examiner = make.officer("examiner")
    make.finish(case.number, "examine", "agree", by=examiner, opinion="材料齐全，同意")
    page = sit(make.officer("approver")).get(f"/cases/{case.number}/")
    text = page.content.decode()
    for words in (
        "测试登记",
        "材料齐全，同意",
        "办理：核准",
        "第十八条",
        "审查：同意登记",
    ):
        assert words in text, words
    trail = sit(make.officer("approver")).get(f"/cases/{case.number}/trail/").content.decode()
    assert "韦丽华办理“审查”" in trail
    assert "style-src-attr" in page["Content-Security-Policy"]


def test_the_diagram_is_bpmn_with_a_shape_for_every_step() -> None:
    case = make.case(procedures.JOIN)
    text = sit(make.officer("clerk")).get(f"/cases/{case.number}/diagram.bpmn").content.decode()
    root = ET.fromstring(text)
    shapes = {e.get("bpmnElement") for e in root.iter() if e.tag.endswith("BPMNShape")}
    assert {"receive", "name", "papers", "decide", "start"} <= shapes


@pytest.mark.parametrize("move", ["extend", "recuse", "transfer"])
def test_moves_without_a_reason_are_refused_on_the_case_page(move: str) -> None:
    case = make.case()
    page = sit(make.officer("head")).post(
        f"/cases/{case.number}/actions/{move}/", {"to": make.OTHER, "reason": ""}
    )
    assert page.status_code == 409
    assert "请写明" in page.content.decode()


def test_the_head_extends_and_transfers_by_click() -> None:
    case = make.case()
    client = sit(make.officer("head"))
    assert client.post(f"/cases/{case.number}/actions/extend/", {"reason": "情形复杂"}).status_code == 302
    assert make.reload(case.number).extended
    moved = client.post(f"/cases/{case.number}/actions/transfer/", {"to": make.OTHER, "reason": "住所在柳州"})
    assert moved["Location"] == "/desk/work/"
    assert make.reload(case.number).organ == make.OTHER


@pytest.mark.parametrize("move", ["extend", "transfer"])
def test_only_heads_have_these_addresses(move: str) -> None:
    case = make.case()
    page = sit(make.officer("examiner")).post(f"/cases/{case.number}/actions/{move}/", {"reason": "想"})
    assert page.status_code == 403


def test_tasks_are_handed_over_in_bulk() -> None:
    numbers = [make.case().number for _ in range(3)]
    receiver = make.officer("examiner", name="莫文")
    client = sit(make.officer("examiner"))
    with system_scope("测试"):
        keys = [
            str(key) for key in Task.objects.filter(case__number__in=numbers[:2]).values_list("pk", flat=True)
        ]
    assert client.post("/desk/work/", {"to": str(receiver.person)}).status_code == 409
    silent = client.post("/desk/work/", {"task": keys, "to": str(receiver.person)})
    assert "请写明移交的原因" in silent.content.decode()
    given = {"task": keys, "to": str(receiver.person), "reason": "分组办理"}
    done = client.post("/desk/work/", given, follow=True)
    assert "已移交 2 件" in done.content.decode()
    assert numbers[2] in done.content.decode()
    with acting(receiver):
        assert Task.objects.filter(assignee=receiver.person).count() == 2


def test_a_spreadsheet_runs_no_formula_of_an_applicant() -> None:
    make.case(title="=HYPERLINK(1)公司")
    sheet = sit(make.officer("examiner")).get("/desk/work/export.csv").content.decode("utf-8-sig")
    assert "'=HYPERLINK" in sheet
    assert ",=HYPERLINK" not in sheet


def test_quick_search_opens_a_number_and_lists_a_beginning() -> None:
    case = make.case(title="南宁老友粉店")
    client = sit(make.officer("clerk"))
    assert client.get("/desk/find/", {"q": case.number})["Location"].endswith(f"{case.get_absolute_url()}")
    assert case.number in client.get("/desk/find/", {"q": "南宁老友"}).content.decode()
    assert client.get("/desk/").status_code == 200
