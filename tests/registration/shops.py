"""A shop-keeper at the counter of a station, and on a phone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.test import Client

from hongdun.base import clock
from hongdun.base.scope import system_scope
from hongdun.cases.models import Case
from hongdun.lib import residents
from hongdun.register.models import Entity
from hongdun.registration.actions import drafts
from tests.org import builders as org
from tests.registration import builders as build
from tests.registration.test_applicant_pages import rows

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.registration.models import Draft

ADDRESS = "南宁市青秀区长湖路 18 号 3 号铺面"
OPERATOR = "韦小红"


def number(serial: int) -> str:
    body = f"45010319900101{serial:03d}"
    return body + residents.check_character(body)


def officer(login: str = "nh.station", role: str = "station", organ: int = org.NANHU_STATION) -> Client:
    client = Client()
    org.enter(client, org.an_actor(role, organ=organ, login=login))
    return client


def sheet(**other: Any) -> dict[str, Any]:
    """What the officer types for a shop without a name, run by one person."""
    typed = {
        "operator-name": OPERATOR, "operator-id_number": number(2), "operator-phone": "13800000002",
        "operator-home": "南宁市青秀区南湖街道长湖路 18 号", "operator-checked": "original",
        "place-station": org.NANHU_STATION, "place-address": ADDRESS,
        "scope-chosen": ["餐饮服务", "日用百货销售"], "scope-more": "", "name-name": "",
        "receipt-received": str(clock.today()), "receipt-late": "", **rows("relative"),
    }  # fmt: skip
    return typed | other


def taken_in(client: Client, **other: Any) -> Case:
    answer = client.post("/desk/counter/individual/new/", sheet(**other))
    assert answer.status_code == 302, _complaints(answer.content.decode())
    return case_of(answer.headers["Location"])


def case_of(address: str) -> Case:
    from urllib.parse import unquote

    with system_scope("测试"):
        return Case.objects.get(number=unquote(address.strip("/").split("/")[2]))


def registered(client: Client, **other: Any) -> Entity:
    case = taken_in(client, **other)
    answer = client.post(f"/desk/counter/{case.number}/register/", {"signed": "1"})
    assert answer.status_code == 302, _complaints(answer.content.decode())
    with system_scope("测试"):
        return Entity.objects.get(pk=Case.objects.get(pk=case.pk).entity)


def draft(who: Actor, *, name: str = "", operator: str = OPERATOR) -> Draft:
    """A shop's application as its keeper fills it in on the phone; run within the keeper's own range."""
    found = drafts.start("individual_establishment", actor=who)
    for code, value in answers(who, name=name, operator=operator).items():
        drafts.save_topic(found, code, value)
    return found


def answers(who: Actor, *, name: str, operator: str) -> dict[str, Any]:
    return {
        "operator": {
            "name": operator, "person": str(who.person), "masked": "4501**********0024", "composition": "personal", "family": [],
        },
        "county": {"organ": org.QINGXIU},
        "domicile": {"organ": org.QINGXIU, "station": org.NANHU_STATION, "address": ADDRESS},
        "scope": {"scope": "一般项目：日用百货销售。许可项目：餐饮服务（依法须经批准的项目）。"},
        "name": {"name": name, "warnings": []},
        "documents": {kind: [build.upload(who, kind)] for kind in ("applicant_identity", "domicile")},
    }  # fmt: skip


def _complaints(page: str) -> str:
    return " ".join(re.findall(r"[一-鿿，。“”（）]{6,}", page[page.find("error-summary") :][:2000]))
