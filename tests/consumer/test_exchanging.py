"""Files of 12345 and of the national platform: hashed, each item once, done again without harm."""

from __future__ import annotations

import json
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from hongdun.base import clock
from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.cases.models import Case
from hongdun.consumer.actions import exchanging, hotline
from hongdun.consumer.channels.models import WorkOrder
from hongdun.consumer.models import Contact
from tests.consumer import builders as build
from tests.org.builders import enter

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.db15]

DUE = (clock.today() + timedelta(days=5)).isoformat()


def order(**changed: Any) -> dict[str, Any]:
    return {
        "number": "NN20261124001", "due": DUE, "last_name": "李四", "phone": "13800001111",
        "jurisdiction_id": "450103", "description": "早餐店 卖过期牛奶", "merchant": "早餐店",
    } | changed  # fmt: skip


def national(**changed: Any) -> dict[str, Any]:
    return (
        order()
        | {"number": "1450103002026112400000001", "kinds": ["complaint"], "claims": ["refund"]}
        | changed
    )


def deliver(root: Path, lane: str, *items: Any, name: str = "a", digest: str = "", text: str = "") -> Path:
    inbox = root / lane / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    data = (text or json.dumps({"format": exchanging.FORMAT, "items": items})).encode()
    path = inbox / f"{name}.json"
    path.write_bytes(data)
    path.with_suffix(".sha256").write_text(digest or sha256(data).hexdigest())
    return path


def outbox(root: Path, lane: str) -> list[dict[str, Any]]:
    exchanging.write_all(root)
    found = []
    for path in sorted((root / lane / "outbox").glob("*.json")):
        assert path.with_suffix(".sha256").read_text() == sha256(path.read_bytes()).hexdigest()
        found += json.loads(path.read_text("utf-8"))["items"]
    return found


def the_order() -> WorkOrder:
    with system_scope("测试"):
        return WorkOrder.objects.get()


def test_an_order_comes_in_once_is_signed_for_answered_and_judged(tmp_path: Path) -> None:
    for name in ("a", "b"):
        deliver(tmp_path, "12345", order(), name=name)
    exchanging.read_all(tmp_path)
    found = the_order()
    assert (found.number, found.organ, found.state) == ("NN20261124001", build.CITY, "new")
    by = build.operator()
    with acting(by):
        hotline.sign(found, actor=by)
        hotline.answer(found, words="已责令下架", actor=by)
    assert [each["state"] for each in outbox(tmp_path, "12345")] == ["answered", "signed"]
    deliver(tmp_path, "12345", {"event": "judged", "number": found.number, "rating": 5})
    exchanging.read_all(tmp_path)
    assert the_order().satisfaction == 5


def test_an_order_is_returned_with_a_reason_after_it_was_signed_for(tmp_path: Path) -> None:
    deliver(tmp_path, "12345", order())
    exchanging.read_all(tmp_path)
    found, by = the_order(), build.operator()
    with acting(by):
        with pytest.raises(cases.Refused, match="请先签收"):
            hotline.send_back(found, reason="属于城管", actor=by)
        hotline.sign(found, actor=by)
        with pytest.raises(cases.Incomplete, match="退回理由"):
            hotline.send_back(found, reason=" ", actor=by)
        hotline.send_back(found, reason="属于城管", actor=by)
        with pytest.raises(cases.Refused, match="已退回"):
            hotline.answer(found, words="办了", actor=by)
    told = {each["state"]: each for each in outbox(tmp_path, "12345")}
    assert told["returned"]["words"] == "属于城管"


def test_the_same_matter_under_two_numbers_is_told_by_its_digest(tmp_path: Path) -> None:
    deliver(tmp_path, "12345", order(), order(number="NN2", description="早餐店卖过期牛奶"))
    exchanging.read_all(tmp_path)
    with system_scope("测试"):
        assert WorkOrder.objects.values("digest").distinct().count() == 1
        assert WorkOrder.objects.count() == 2


def test_the_national_platform_s_complaint_is_a_case_at_once_and_told_back(tmp_path: Path) -> None:
    for name in ("a", "b"):
        deliver(tmp_path, "12315", national(), name=name)
    exchanging.read_all(tmp_path)
    with system_scope("测试"):
        case = Case.objects.get()
    assert case.procedure_code == "consumer.complaint"
    assert outbox(tmp_path, "12315") == outbox(tmp_path, "12315")
    assert outbox(tmp_path, "12315")[0]["cases"] == [case.number]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"digest": "0" * 64}, "不符"),
        ({"text": "{"}, "不是 UTF-8"),
        ({"text": "[]"}, "format 应为"),
        ({"text": '{"format": "x", "items": []}'}, "format 应为"),
    ],
)
def test_a_file_that_is_wrong_is_rejected_whole_with_the_reason(
    tmp_path: Path, given: dict[str, str], words: str
) -> None:
    deliver(tmp_path, "12315", national(), **given)
    exchanging.read_all(tmp_path)
    assert words in (tmp_path / "12315" / "rejected" / "a.problems.txt").read_text("utf-8")
    with system_scope("测试"):
        assert not Contact.objects.exists()


@pytest.mark.parametrize("bad", [7, {}, national(kinds=["none"]), national(kinds=["complaint"], phone="")])
def test_one_wrong_item_does_not_hold_up_the_others(tmp_path: Path, bad: Any) -> None:
    deliver(tmp_path, "12315", bad, national(number="2"))
    exchanging.read_all(tmp_path)
    with system_scope("测试"):
        assert Case.objects.count() == 1
    assert (tmp_path / "12315" / "done" / "a.problems.txt").exists()


def test_without_its_hash_a_file_is_still_being_written(tmp_path: Path) -> None:
    path = deliver(tmp_path, "12345", order())
    path.with_suffix(".sha256").unlink()
    exchanging.read_all(tmp_path)
    assert path.exists()


def test_a_run_broken_off_is_done_again_without_harm(tmp_path: Path) -> None:
    path = deliver(tmp_path, "12345", order(), order(number="NN2"))
    hotline.arrive(order(), due=clock.today())
    exchanging.read(path, "12345")
    with system_scope("测试"):
        assert WorkOrder.objects.count() == Contact.objects.count() == 2


def test_an_officer_signs_and_answers_on_the_page(tmp_path: Path, client: Client) -> None:
    deliver(tmp_path, "12345", order(), order(number="NN2"))
    exchanging.read_all(tmp_path)
    enter(client, build.operator())
    assert "NN20261124001" in client.get("/desk/12315/orders/").content.decode()
    page = "/desk/12315/orders/NN20261124001/"
    assert "NN2" in client.get(page).content.decode()
    assert client.post(page, {"what": "answer", "answer-words": "办了"}).status_code == 422
    assert client.post(page, {"what": "sign"}).status_code == 302
    assert client.post(page, {"what": "answer", "answer-words": ""}).status_code == 422
    assert client.post(page, {"what": "answer", "answer-words": "办了"}).status_code == 302
    assert "已答复" in client.get(page).content.decode()


def test_another_city_finds_no_order(tmp_path: Path, client: Client) -> None:
    deliver(tmp_path, "12345", order())
    exchanging.read_all(tmp_path)
    enter(client, build.operator(build.OTHER_CITY))
    assert client.get("/desk/12315/orders/NN20261124001/").status_code == 404
