"""What came in until 2022-02-28 is accepted, allowed or rejected; since then it is received, registered or not (条例 art. 55)."""

from __future__ import annotations

from datetime import date

import pytest

from hongdun.base.scope import acting, system_scope
from hongdun.cases.actions import Decision
from hongdun.cases.models import Case, Notice
from hongdun.registration.actions import drafts
from tests.registration import builders as build
from tests.registration import changes

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
LAST, FIRST = date(2022, 2, 28), date(2022, 3, 1)


def received(on: date) -> Case:
    """Handed in on paper that day, sent today."""
    with acting(build.applicant()) as actor:
        draft = build.draft(actor)
        draft.received = on
        draft.save(update_fields=["received"])
        return drafts.send(draft.id, actor=actor)


def titles(case: Case) -> list[str]:
    with system_scope("测试"):
        return list(Notice.objects.filter(case=case).order_by("at").values_list("title", flat=True))


@pytest.mark.parametrize(
    ("on", "told"),
    [(LAST, ["受理通知书", "准予设立登记通知书"]), (FIRST, ["接收申请材料凭证", "登记通知书"])],
)
def test_what_is_registered_is_told_under_the_title_of_its_day(on: date, told: list[str]) -> None:
    case = received(on)
    changes.approve(case)
    assert titles(case) == told
    with system_scope("测试"):
        said = Notice.objects.get(case=case, kind="registered").body["paragraphs"][0]
    assert ("行政许可法》第三十八条" in said) is (on == LAST)


@pytest.mark.parametrize(
    ("on", "ground", "title"),
    [(LAST, "originals", "登记驳回通知书"), (FIRST, "name_state", "不予登记通知书")],
)
def test_what_is_refused_is_rejected_or_not_registered(on: date, ground: str, title: str) -> None:
    case = received(on)
    no = {"opinion": "不符合规定", "grounds": (ground,)}
    changes.finish(case, "examine", "examiner", Decision("propose_refusal", **no))  # type: ignore[arg-type]
    changes.finish(case, "approve", "approver", Decision("refuse", **no))  # type: ignore[arg-type]
    assert titles(case)[-1] == title
