"""What stands in a contact, by the form of its channel: for the officer who registers it, for the citizen who goes on."""

from __future__ import annotations

import json
from email import message_from_bytes, policy
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any

from hongdun.base.scope import system_scope
from hongdun.consumer.models import Contact

if TYPE_CHECKING:
    from collections.abc import Mapping
    from email.message import EmailMessage, MIMEPart
    from uuid import UUID

LONGEST = 3000
LISTS = {"kinds", "claims"}
ON_PAGES = {
    "kinds": ("kinds",),
    "who": ("sender_name", "sender_phone", "sender_address"),
    "whom": ("merchant", "merchant_address", "sale_division"),
    "what": ("text",),
}


def contact(key: UUID) -> Contact:
    with system_scope("来件人打开链接"):
        return Contact.objects.get(pk=key)


def initial(found: Contact) -> dict[str, Any]:
    """First values of the operator's page."""
    said = {
        "sender_name": found.sender_name,
        "sender_phone": found.sender_phone,
        "text": found.payload[:LONGEST],
    }
    return said | {key: value for key, value in _read(found).items() if value}


def _read(found: Contact) -> dict[str, Any]:
    """Nothing where it isn't of its channel's form: then the officer reads it as it came."""
    try:
        return READERS[found.channel](found.payload) if found.channel in READERS else {}
    except (ValueError, KeyError, AttributeError):
        return {}


def as_pages(found: Contact) -> dict[str, dict[str, list[str]]]:
    """The same, as if it had been typed into the citizen's form."""
    given = initial(found)
    pages = {
        code: {name: _listed(given[name]) for name in names if given.get(name)}
        for code, names in ON_PAGES.items()
    }
    return {code: typed for code, typed in pages.items() if typed}


def evidence(found: Contact) -> list[tuple[str, str]]:
    """Documents that came with it: id and file name."""
    try:
        given = json.loads(found.payload)
    except ValueError:
        return []
    files = given.get("files", []) if isinstance(given, dict) else []
    return [(str(key), str(name)) for key, name in files]


def _listed(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list | tuple) else [str(value)]


def _of_form(payload: str) -> dict[str, Any]:
    """Our own web form: values as posted, page by page."""
    found: dict[str, Any] = {}
    for typed in json.loads(payload)["form"].values():
        found |= {name: values if name in LISTS else values[-1] for name, values in typed.items() if values}
    return found


def letter(raw: bytes) -> str:
    """An e-mail as text that gives its very bytes back, whatever its coding."""
    return raw.decode("latin-1")


def email_of(payload: str) -> EmailMessage:
    return message_from_bytes(payload.encode("latin-1"), policy=policy.default)


def _of_email(payload: str) -> dict[str, Any]:
    message = email_of(payload)
    body = message.get_body(preferencelist=("plain", "html"))
    name, address = parseaddr(str(message["From"] or ""))
    text = f"{message['Subject'] or ''}\n{_words(body)}\n（邮箱 {address}）"
    return {"sender_name": name, "text": text.strip()[:LONGEST]}


def _words(part: MIMEPart | None) -> str:
    try:
        return str(part.get_content()) if part else ""
    except (LookupError, ValueError):  # a coding that nobody knows; the bytes are kept all the same
        return ""


def _of_program(payload: str) -> dict[str, Any]:
    return of_program(json.loads(payload))


def of_program(given: Mapping[str, Any]) -> dict[str, Any]:
    """Open311 and work orders of 12345: flat JSON under the names that their guides give."""
    code = str(given.get("service_code", ""))
    return {
        "kinds": [code] if code else [],
        "text": str(given.get("description", ""))[:LONGEST],
        "sender_name": f"{given.get('last_name', '')}{given.get('first_name', '')}",
        "sender_phone": str(given.get("phone", "")),
        "sender_address": str(given.get("sender_address", "")),
        "merchant": str(given.get("attribute[merchant]", given.get("merchant", ""))),
        "merchant_address": str(given.get("address_string", "")),
        "sale_division": str(given.get("jurisdiction_id", ""))[:6],
    }


READERS = {
    "web": _of_form,
    "platform_12315": _of_form,
    "email": _of_email,
    "open311": _of_program,
    "hotline_12345": _of_program,
}
