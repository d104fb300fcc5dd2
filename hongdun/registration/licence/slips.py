"""Slips that go with a licence: the receipt that its collector signs, and the label of the letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.base import clock
from hongdun.documents import applications
from hongdun.org import queries as org
from hongdun.parties import actions as parties
from hongdun.parties.models import Person
from hongdun.register.models import Licence
from hongdun.registration.licence.models import Blank

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.registration.licence.models import Delivery

RECEIPT = (
    "领取人已核对执照记载的名称、法定代表人（负责人）、住所、经营范围，与登记一致。",
    "营业执照不得伪造、涂改、出租、出借、转让（《中华人民共和国市场主体登记管理条例》第三十七条）。",
)


def receipt(delivery: Delivery) -> bytes:
    """To be signed by whoever fetches the licence."""
    rows = [("市场主体", delivery.name), ("受理编号", delivery.number)]
    rows += [(f"营业执照{each.copy_label}", _numbers(each)) for each in sheets(delivery)]
    return _print(delivery, "营业执照领取签收单", tuple(rows), signs="领取人签名", declarations=RECEIPT)


def _numbers(sheet: Licence) -> str:
    blank = Blank.objects.filter(licence=sheet, state=Blank.State.USED).first()
    return f"编号 {sheet.serial}" + (f"，空白执照编号 {blank.serial}" if blank else "")


def sheets(delivery: Delivery) -> list[Licence]:
    found = Licence.objects.filter(case_id=delivery.case_id, state=Licence.State.VALID)
    return list(found.order_by("-copy", "duplicate_no"))


def label(delivery: Delivery, *, actor: Actor) -> bytes:
    """Address and telephone in full, for the letter; reading them is logged."""
    assert delivery.receiver
    person = Person.objects.get(pk=delivery.receiver)
    reason = f"邮寄营业执照（{delivery.number}）"
    phone, address = (
        parties.reveal(person, field=field, reason=reason, actor=actor, case_id=delivery.case_id)
        for field in ("phone", "address")
    )
    rows = (
        ("收件人", delivery.receiver_name),
        ("电话", phone),
        ("地址", address),
        ("内件", f"{delivery.name}营业执照"),
    )
    return _print(delivery, "营业执照邮寄签条", rows, signs="", declarations=())


def _print(
    delivery: Delivery,
    title: str,
    rows: tuple[tuple[str, str], ...],
    *,
    signs: str,
    declarations: tuple[str, ...],
) -> bytes:
    data = applications.ApplicationData(
        title=title, number=delivery.number, addressee=org.county_bureau_of(delivery.organ).name, signer=delivery.receiver_name,
        made=clock.today(), rows=rows, declarations=declarations, signs=signs,
    )  # fmt: skip
    return applications.print_application(data)
