"""Open311 GeoReport v2: services, their attributes, and requests as the standard names them, in JSON and XML."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from django.utils import timezone

from hongdun.base.scope import system_scope
from hongdun.consumer.models import Contact, Kind
from hongdun.consumer.queries import contacts, progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from hongdun.consumer.models import Matter

Row = dict[str, Any]
FORMATS = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ABOUT = {
    Kind.COMPLAINT: ("与商家的消费纠纷，要求退款、赔偿等，由市场监督管理部门调解", "投诉,退款,赔偿,消费纠纷"),
    Kind.REPORT: ("商家涉嫌违法的线索，由市场监督管理部门核查", "举报,假货,食品安全"),
    Kind.CONSULTATION: ("市场监督管理政策和手续的咨询", "咨询"),
    Kind.SUGGESTION: ("对市场监督管理工作的意见建议", "建议"),
}
ATTRIBUTES = (
    ("merchant", "string", True, "商家名称，照营业执照、小票或者网店上写的"),
    ("amount", "number", False, "涉及金额，元"),
    ("bought", "datetime", False, "购买日期，例如 2026-06-01"),
)
MOST = 1000  # of one answer, as the standard says


def services() -> list[Row]:
    return [
        {
            "service_code": kind.value, "service_name": kind.label, "description": about,
            "metadata": has_attributes(kind.value), "type": "realtime", "keywords": words, "group": "12315",
        }
        for kind, (about, words) in ABOUT.items()
    ]  # fmt: skip


def has_attributes(code: str) -> bool:
    return code in {Kind.COMPLAINT, Kind.REPORT}


def definition(code: str) -> Row:
    attributes = [
        {
            "variable": True, "code": name, "datatype": kind, "required": required, "datatype_description": about,
            "order": order, "description": about,
        }
        for order, (name, kind, required, about) in enumerate(ATTRIBUTES, 1)
    ]  # fmt: skip
    return {"service_code": code, "attributes": attributes if has_attributes(code) else []}


def requests_of(
    key: str, *, code: str = "", status: str = "", begin: datetime | None = None, end: datetime | None = None
) -> list[Row]:
    """What came by this API key, newest first: nobody sees another's."""
    with system_scope("Open311 查询"):
        mine = Contact.objects.filter(channel="open311", key__startswith=f"{key}:").order_by("-received_at")
        mine = mine.filter(received_at__gte=begin) if begin else mine
        mine = mine.filter(received_at__lte=end) if end else mine
        rows = [request(each) for each in mine[:MOST]]
    return [
        row for row in rows if code in ("", row["service_code"]) and status in ("", row["status"])
    ]  # fmt: skip


def one_of(key: str, wanted: str) -> Row | None:
    with system_scope("Open311 查询"):
        found = Contact.objects.filter(pk=wanted, channel="open311", key__startswith=f"{key}:").first()
        return request(found) if found else None


def request(contact: Contact) -> Row:
    """A contact in the standard's words; of the case only what its sender may see."""
    given = json.loads(contact.payload)
    matter = _matter(contact)
    row = {
        "service_request_id": str(contact.pk),
        "status": "closed" if matter and matter.case.closed else "open",
        "status_notes": _notes(contact, matter),
        "service_name": _label(given.get("service_code", "")),
        "service_code": given.get("service_code", ""),
        "description": given.get("description", ""),
        "agency_responsible": "",
        "service_notice": "",
        "requested_datetime": _moment(contact.received_at),
        "updated_datetime": _moment(contact.received_at),
        "expected_datetime": "",
        "address": given.get("address_string", ""),
        "address_id": given.get("address_id", ""),
        "zipcode": "",
        "lat": given.get("lat", ""),
        "long": given.get("long", ""),
        "media_url": given.get("media_url", ""),
    }
    return row | (_of_case(matter) if matter else {})


def _of_case(matter: Matter) -> Row:
    seen = progress.of(matter.case)
    return {
        "agency_responsible": seen.handled_by,
        "updated_datetime": _moment(matter.case.closed or matter.case.opened),
        "expected_datetime": seen.due.isoformat() if seen.due else "",
    }


def _matter(contact: Contact) -> Matter | None:
    own = contact.matters.select_related("case").first()
    later = contact.followed_by.first()
    return own or (later.matters.select_related("case").first() if later else None)


def _notes(contact: Contact, matter: Matter | None) -> str:
    if matter is None:
        return f"来件号 {contacts.reference(contact)}，还没有登记为投诉举报"
    seen = progress.of(matter.case)
    return f"{matter.case.number} {seen.state} {seen.result}".strip()


def _label(code: str) -> str:
    return str(Kind(code).label) if code in Kind.values else ""


def _moment(at: datetime) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds")


def written(form: str, rows: Iterable[Mapping[str, Any]], *, root: str, each: str) -> bytes:
    rows = list(rows)
    if form == "json":
        return json.dumps(rows, ensure_ascii=False).encode()
    top = ET.Element(root)
    for row in rows:
        _append(ET.SubElement(top, each), row)
    return bytes(ET.tostring(top, encoding="utf-8", xml_declaration=True))


def written_definition(form: str, row: Row) -> bytes:
    if form == "json":
        return json.dumps(row, ensure_ascii=False).encode()
    top = ET.Element("service_definition")
    _append(top, row)
    return bytes(ET.tostring(top, encoding="utf-8", xml_declaration=True))


def _append(to: ET.Element, row: Mapping[str, Any]) -> None:
    for name, value in row.items():
        child = ET.SubElement(to, name)
        if isinstance(value, list):
            for each in value:
                _append(ET.SubElement(child, name.removesuffix("s")), each)
        elif value is not None:
            child.text = NOT_XML.sub("", str(value).lower() if isinstance(value, bool) else str(value))
