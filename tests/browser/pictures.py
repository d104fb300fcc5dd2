"""Pictures of the guides, made anew by `tools/pictures.py`: real pages of a small made-up office."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from hongdun.base import clock
from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.documents import actions as documents
from hongdun.parties import actions as parties
from hongdun.registration.actions import drafts
from hongdun.registration.conflicts import actions as conflicts
from hongdun.registration.models import Signature
from hongdun.registration.signing import links
from tests.browser.conftest import apart, press
from tests.cases.builders import standard_opinions
from tests.org import builders as org
from tests.parties import builders as people
from tests.registration import builders as build
from tests.registration import changes, shops

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from hongdun.cases.models import Case
    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)
TO = Path(__file__).resolve().parents[2] / "docs" / "images" / "guide"
NAMES = {"examiner": "韦丽华", "approver": "李壮飞"}
SURNAMES = "黄韦覃陆莫李梁蒙罗农"
PAPERS = (
    ("applicant_identity", "申请人主体资格文件或者自然人身份证明", 11), ("domicile", "住所相关文件", 4),
    ("charter", "章程", 4), ("appointments", "任职文件和自然人身份证明", 6),
)  # fmt: skip


def picture(page: Page, name: str, *, tall: int = 0) -> None:
    page.wait_for_load_state("load")
    if tall:
        page.set_viewport_size({"width": page.viewport_size["width"], "height": tall})  # type: ignore[index]  # always set
    TO.mkdir(exist_ok=True)
    page.screenshot(path=TO / f"{name}.png", animations="disabled")


def seat(role: str, organ: int = build.QINGXIU) -> Client:
    client = Client()
    org.enter(client, org.an_actor(role, organ=organ, login=f"p.{role}"))
    return client


def long_filing() -> Case:
    """Ten shareholders, twenty-five papers, one of the holders barred elsewhere."""
    applicant = people.an_applicant(name="韦小红")
    with acting(applicant):
        draft = drafts.start("company_establishment", actor=applicant)
        for code, value in _long_answers(applicant).items():
            drafts.save_topic(draft, code, value)
        return drafts.send(draft.pk, actor=applicant)


def _long_answers(actor: Any) -> dict[str, Any]:
    found = build.answers(actor, name="广西邕江生态农业科技股份合作有限公司")
    rows = []
    for serial, surname in enumerate(SURNAMES):
        person = parties.remember_person(
            name=f"{surname}志强", id_number=shops.number(10 + serial), actor=actor
        )
        rows.append({
            "kind": "natural", "name": person.name, "person": str(person.pk), "masked": "4501**********0011",
            "amount": "5", "deadline": "2030-01-01", "form": "货币",
        })  # fmt: skip
    found["shareholders"] = {"capital": "50", "rows": rows}
    found["documents"] = {
        code: [_paper(actor, code, label, serial) for serial in range(many)] for code, label, many in PAPERS
    }
    return found


def _paper(actor: Any, code: str, label: str, serial: int) -> dict[str, str]:
    found = documents.store_upload(
        build.tiny_pdf(), actor=actor, kind=code, title=label, filename=f"{label[:4]}{serial + 1}.pdf",
        person=actor.person,
    )  # fmt: skip
    return {"id": str(found.id), "filename": found.filename, "title": label}


def others() -> None:
    """Neighbours in the list, at the same place as the first, and a court's word on one of its holders."""
    head = org.an_actor("approver", login="p.bars")
    with acting(head):
        conflicts.enter_bar(
            name="农志强", id_number=shops.number(19), ground="bar_debt", since=clock.today(),
            basis="（2026）桂0103执1208号失信决定书", actor=head,
        )  # fmt: skip
    for serial, name in enumerate(
        ("广西鑫泉数字科技有限公司", "南宁老友粉餐饮管理有限公司", "广西桂香源食品科技有限公司")
    ):
        applicant = people.an_applicant(5 + serial, name="李建国")
        with acting(applicant):
            build.sent(applicant, name=name)


def pushed(case: Case, *steps: tuple[str, str, str]) -> None:
    for role, step, outcome in steps:
        with acting(build.officer(role, organ=case.organ, name=NAMES[role])) as actor:
            cases.finish_step(case.number, step, cases.Decision(outcome, opinion="材料齐全"), actor=actor)


def test_officers(page_at: OpenPage) -> None:
    apart(standard_opinions)
    case = apart(long_filing)
    apart(others)
    examiner = page_at(1280, seat=apart(lambda: seat("examiner")))
    examiner.goto("/desk/work/")
    picture(examiner, "work-list", tall=620)
    examiner.goto(f"/cases/{case.number}/examine/")
    picture(examiner, "decision", tall=900)
    examiner.click("text=要退回补正")
    for box in examiner.locator("[name=items]").all()[:3]:
        box.check()
    examiner.fill("[name=more_items]", "股东会决议第 2 页缺少覃志强的签名")
    picture(examiner, "correction", tall=1150)
    examiner.goto("/desk/absences/")
    picture(examiner, "absence", tall=700)
    apart(lambda: pushed(case, ("examiner", "examine", "pass"), ("approver", "approve", "register")))
    window = page_at(1280, seat=apart(lambda: seat("counter")))
    window.goto(f"/cases/{case.number}/issue/")
    picture(window, "licence-printing", tall=800)


def test_counter(page_at: OpenPage) -> None:
    page = page_at(1280, seat=apart(shops.officer))
    page.goto("/desk/counter/individual/new/")
    page.fill("[name=operator-name]", shops.OPERATOR)
    picture(page, "counter", tall=900)
    page.goto("/desk/queue/")
    for _ in range(3):
        press(page.locator("form[action*=take] button"))
        page.goto("/desk/queue/")
    picture(page, "queue", tall=600)


def test_applicants(page_at: OpenPage) -> None:
    client = changes.agent()
    entity = apart(changes.company)
    draft = apart(lambda: changes.begun(client, entity))
    apart(lambda: filled(client, draft))
    page = page_at(1280, seat=client)
    page.goto(f"/apply/{draft.pk}/scope/")
    picture(page, "form", tall=800)
    [signature] = apart(lambda: changes.ask(draft))
    phone = page_at(375)
    phone.goto(f"/sign/{links.token(signature)}/")
    picture(phone, "signing", tall=760)
    apart(lambda: changes.sign(signature, changes.HEAD))
    case = apart(lambda: changes.send(client, draft))
    page.goto(f"/my/{case.number}/")
    picture(page, "status", tall=820)
    with system_scope("图片"):
        assert Signature.objects.get().state == "signed"


def filled(client: Client, draft: Any) -> None:
    changes.fill(client, draft, "items", changes.chosen("scope"))
    changes.fill(client, draft, "scope", {"scope": "软件开发；信息技术咨询服务"})
    changes.fill(client, draft, "signer", changes.HEAD)
    changes.fill(client, draft, "documents", changes.files("charter_amended", "resolution"))
