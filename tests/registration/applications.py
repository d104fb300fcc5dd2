"""What founders of each kind of entity type into the pages, one complete application a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from hongdun.base import clock
from hongdun.law import queries as law
from hongdun.lib import residents
from hongdun.registration import queries as filings
from hongdun.registration.kinds import KINDS
from tests.registration import builders as build

if TYPE_CHECKING:
    from django.test import Client

NANNING = 450_100_000
Topics = dict[str, dict[str, Any]]


def number(serial: int) -> str:
    body = f"45010319900101{serial:03d}"
    return body + residents.check_character(body)


def rows(prefix: str, *entries: dict[str, Any]) -> dict[str, Any]:
    data = {f"{prefix}-TOTAL_FORMS": len(entries), f"{prefix}-INITIAL_FORMS": 0}
    for n, entry in enumerate(entries):
        data |= {f"{prefix}-{n}-{key}": value for key, value in entry.items()}
    return data


HUANG = {"name": "黄志强", "id_type": "resident", "id_number": number(11), "phone": "13800000011"}
WEI = {"name": "韦丽华", "id_type": "resident", "id_number": number(29)}
FIRM = {"kind": "organisation", "name": "广西红豆投资有限公司", "id_number": "91450000MA5K00012D"}
SCOPE = {"scope": "软件开发；信息技术咨询服务", "term": "long"}
COUNTY = {"organ": build.QINGXIU, "address": "南宁市青秀区民族大道 100 号 1201 室", "right": "rented"}
CITY = COUNTY | {"organ": NANNING, "place": build.QINGXIU}
BOARD = rows(
    "member",
    {"role": "legal_representative", **HUANG},
    {"role": "executive_director", **HUANG},
    {"role": "supervisor", **WEI},
    {"role": "liaison", **HUANG},
)
LIAISON = rows("member", {"role": "liaison", **HUANG})
IN_CHARGE = rows("member", {"role": "person_in_charge", **HUANG}, {"role": "liaison", **HUANG})
PLACE: Topics = {"domicile": COUNTY, "station": {"station": ""}, "scope": SCOPE}
CITY_PLACE: Topics = PLACE | {"domicile": CITY}


def holders(*entries: dict[str, Any], capital: str = "50", **same: Any) -> dict[str, Any]:
    """Rows that share the capital equally, unless one says its amount."""
    part = str(int(capital) // len(entries))
    return {"capital": capital} | rows(
        "holder", *({"kind": "natural", "amount": part, "form": "货币", **same, **each} for each in entries)
    )


FARMERS = [
    {"name": name, "id_number": number(500 + n), "standing": "farmer"}
    for n, name in enumerate(("韦一", "韦二", "韦三", "韦四"))
]
APPLICATIONS: dict[str, Topics] = {
    "company_establishment": {
        "name": {"name": "广西鑫源数字科技有限公司", "type": "1130"}, **PLACE,
        "shareholders": holders(HUANG, WEI, deadline="2030-01-01"), "members": BOARD,
    },
    "stock_establishment": {
        "name": {"name": "广西鑫海数字科技股份有限公司", "type": "1220"}, **CITY_PLACE,
        "shareholders": holders(HUANG | {"standing": "home"}, FIRM | {"standing": "home"}, deadline="2024-12-01"),
        "members": BOARD,
    },
    "partnership_establishment": {
        "name": {"name": "南宁鑫河企业管理合伙企业（有限合伙）", "type": "4533"}, **PLACE,
        "shareholders": holders(
            FIRM | {"standing": "general", "managing": "on", "home": "南宁市良庆区五象大道 1 号"},
            WEI | {"standing": "limited", "home": "南宁市青秀区金湖路 2 号"}, deadline="2030-01-01",
        ),
        "members": rows("member", {"role": "delegate", **HUANG}, {"role": "liaison", **HUANG}),
    },
    "sole_establishment": {
        "name": {"name": "南宁鑫田设计咨询中心（个人独资）", "type": "4540"}, **PLACE,
        "shareholders": holders(HUANG | {"standing": "own", "home": "南宁市青秀区金湖路 2 号"}, capital="10"),
        "members": LIAISON,
    },
    "cooperative_establishment": {
        "name": {"name": "南宁市鑫禾水稻种植专业合作社", "type": "9100"}, **PLACE,
        "shareholders": holders(*FARMERS, HUANG | {"standing": "citizen"}),
        "members": rows(
            "member", {"role": "legal_representative", **FARMERS[0]}, {"role": "executive_supervisor", **WEI},
            {"role": "liaison", **HUANG},
        ),
    },
    "branch_establishment": {
        "parent": {"uscc": "91310000MA100CT730", "name": "上海红豆数字科技有限公司"},
        "name": {"name": "上海红豆数字科技有限公司南宁分公司", "type": "2100"}, **PLACE, "members": IN_CHARGE,
    },
    "foreign_establishment": {
        "name": {"name": "广西鑫洋数字科技有限公司", "type": "5100"}, **CITY_PLACE,
        "shareholders": holders(
            HUANG | {"country": "中国", "id_type": "resident"},
            {"kind": "organisation", "name": "红豆国际有限公司", "country": "新加坡", "id_type": "other",
             "id_number": "201912345K"},
            deadline="2030-01-01",
        ),
        "members": BOARD | rows(
            "member", {"role": "legal_representative", **HUANG}, {"role": "executive_director", **HUANG},
            {"role": "supervisor", "name": "约翰·陈", "id_type": "passport", "id_number": "E12345678"},
            {"role": "liaison", **HUANG}, {"role": "document_recipient", **HUANG},
        ),
    },
    "foreign_partnership_establishment": {
        "name": {"name": "南宁鑫江企业管理合伙企业（普通合伙）", "type": "5410"}, **CITY_PLACE,
        "shareholders": holders(
            HUANG | {"country": "中国", "id_type": "resident", "home": "南宁市青秀区金湖路 2 号"},
            {"name": "约翰·陈", "country": "新加坡", "id_type": "passport", "id_number": "E12345678",
             "home": "新加坡滨海湾 1 号"},
            deadline="2030-01-01",
        ),
        "members": rows("member", {"role": "liaison", **HUANG}, {"role": "document_recipient", **HUANG}),
    },
    "legal_person_establishment": {
        "name": {"name": "南宁市鑫工机械修理厂", "type": "3200"}, **PLACE,
        "shareholders": holders(FIRM),
        "members": rows("member", {"role": "legal_representative", **HUANG}, {"role": "liaison", **HUANG}),
    },
    "foreign_branch_establishment": {
        "parent": {"name": "红豆国际有限公司", "country": "新加坡", "number": "201912345K", "funds": "100"},
        "name": {"name": "新加坡红豆国际有限公司南宁分公司", "type": "7100"}, **CITY_PLACE, "members": IN_CHARGE,
    },
}  # fmt: skip


def papers(code: str) -> dict[str, SimpleUploadedFile]:
    """Every paper that this kind must hand in."""
    kind = KINDS[code]
    wanted = [
        each.code
        for each in law.required_documents(kind.papers, clock.today(), applies_to=kind.applies_to or None)
        if each.code not in kind.left_out | {"application"}
        and (not each.condition or each.code in kind.demanded)
    ]
    return {each: SimpleUploadedFile(f"{each}.pdf", build.tiny_pdf(), "application/pdf") for each in wanted}


def started(client: Client, code: str) -> str:
    answer = client.post(f"/apply/new/{code}/")
    assert answer.status_code == 302
    return answer.headers["Location"]


def fill(client: Client, draft: str, code: str) -> None:
    """Every page of the filing that must be filled in, in its order."""
    typed = APPLICATIONS[code] | {"documents": papers(code)}
    for topic in filter(typed.__contains__, filings.topics(code)):
        answer = client.post(f"{draft}{topic}/", typed[topic])
        assert answer.status_code == 302, f"{code} {topic}: {build.shown_errors(answer)}"
