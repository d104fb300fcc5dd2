"""What an establishment application says, in the register's own terms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from hongdun.lib import entitytypes, scopeitems
from hongdun.lib.money import Money
from hongdun.lib.particulars import Domicile, Particulars, PersonEntry, Scope, Share
from hongdun.org import queries as org
from hongdun.register.queries import Naming
from hongdun.registration.wording import LINKS, UNDERTAKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from hongdun.cases.models import Case

    Json = Mapping[str, Any]

TOPICS = {
    "name": "公司名称和类型",
    "domicile": "登记机关和住所",
    "station": "住所所在的乡镇、街道",
    "scope": "经营范围和期限",
    "shareholders": "注册资本和股东出资",
    "members": "法定代表人和主要人员",
    "documents": "上传材料",
}
WAN = Decimal(10_000)
RIGHTS = {"owned": "自有", "rented": "租赁", "free": "无偿使用", "hosted": "集群注册（托管）"}
ROLES = {
    "legal_representative": "法定代表人",
    "executive_director": "董事（不设董事会）",
    "director": "董事",
    "supervisor": "监事",
    "manager": "经理",
    "finance": "财务负责人",
    "liaison": "登记联络员",
}
# What was done, as the applicant reads it; what officers propose to each other stays among them.
PLAIN = {
    ("accept", "accept"): "已受理，等待审查",
    ("accept", "return"): "材料需要补正，已一次性告知",
    ("examine", "pass"): "审查完毕，等待核准",
    ("examine", "return"): "材料需要补正，已一次性告知",
    ("examine", "propose_refusal"): "审查完毕，等待核准",
    ("approve", "register"): "准予登记",
    ("approve", "return"): "材料需要补正，已一次性告知",
    ("approve", "back"): "还要再审查一次",
    ("approve", "refuse"): "不予登记，理由和救济途径见通知书",
    ("supplement", "resubmit"): "您补正后重新提交了申请",
    ("issue", "issue"): "营业执照已发出",
    ("archive", "archive"): "已归档",
}
REGISTER_ROLE = {"executive_director": "director"}
INVOLVED_ROLE = {"legal_representative": "legal_representative", "liaison": "liaison"}


def stored(data: Json, *, applicant: str) -> dict[str, Any]:
    """The part of a draft that the case keeps: every topic, and who applies."""
    return {code: data[code] for code in TOPICS} | {"applicant": applicant}


def document_ids(data: Json) -> set[UUID]:
    return {UUID(each["id"]) for files in data.get("documents", {}).values() for each in files}


def people(data: Json, *, applicant: UUID | None) -> Iterator[tuple[UUID, str]]:
    """Everybody named in the application with the role of the involvement, each pair once."""
    found = {(applicant, "applicant")} if applicant else set()
    found |= {(UUID(s["person"]), "shareholder") for s in data["shareholders"]["rows"]}
    found |= {(UUID(m["person"]), INVOLVED_ROLE.get(m["role"], "member")) for m in data["members"]}
    yield from sorted(found, key=str)


def representative(data: Json) -> str:
    return next(str(m["name"]) for m in data["members"] if m["role"] == "legal_representative")


def particulars(data: Json, *, established: date) -> Particulars:
    """The whole state to register; `established` is the day of the licence (条例 art. 21)."""
    scope = data["scope"]
    text = str(scope["scope"])
    return Particulars(
        name=data["name"]["name"],
        kind="enterprise",
        type=data["name"]["type"],
        representative=representative(data),
        capital=wan(data["shareholders"]["capital"]),
        established=established,
        term_until=_until(established, scope),
        domicile=Domicile(data["domicile"]["address"], str(data["domicile"]["organ"] // 1000)),
        scope=Scope(text, tuple(item.text for item in scopeitems.split(text).items)),
        people=tuple(
            PersonEntry(m["name"], REGISTER_ROLE.get(m["role"], m["role"]), UUID(m["person"]))
            for m in data["members"]
        ),
        shares=tuple(
            Share(
                s["name"], wan(s["amount"]), date.fromisoformat(s["deadline"]), s["form"], UUID(s["person"])
            )
            for s in data["shareholders"]["rows"]
        ),
    )


def wan(text: str) -> Money:
    """Money from a figure in ten thousand yuan."""
    return Money(Decimal(text) * WAN)


def _until(start: date, scope: Json) -> date | None:
    if scope.get("term") != "years":
        return None
    try:
        return start.replace(year=start.year + int(scope["years"]))
    except ValueError:
        return start.replace(year=start.year + int(scope["years"]), day=28)


def facts(case: Case) -> dict[str, Any]:
    """What the officer judges: every topic with its answers."""
    return {"answers": [(code, label, answers(code, case.data.get(code))) for code, label in TOPICS.items()]}


def answers(topic: str, value: Any) -> list[tuple[str, str]]:
    """One topic's answers as label and words; empty when it isn't filled in."""
    return [] if value is None else list(_ANSWERS[topic](value))


def _name(value: Json) -> list[tuple[str, str]]:
    rows = [("公司名称", value["name"]), ("公司类型", entitytypes.get(value["type"]).label)]
    if value.get("trade"):
        rows.append(("字号、行业", f"{value['trade']}、{value.get('industry') or '不使用行业表述'}"))
    if value.get("link"):
        rows.append((LINKS[value["link"]], value["link_code"]))
    rows += [
        ("近似提示", f"{each['explanation']}（{each['article']}）") for each in value.get("warnings", ())
    ]
    if value.get("undertaking"):
        rows.append(("承诺", UNDERTAKING))
    return rows


def naming(data: Json, *, reserved: Collection[UUID | str]) -> Naming:
    """What the application says about its name: authority, split, links (企业名称登记管理规定 art. 17).

    `reserved`: cases by which the applicant declared names.
    """
    value = data.get("name", {})
    codes = {value.get("link", ""): frozenset({value.get("link_code", "")})}
    holders = data.get("shareholders", {}).get("rows", ())
    investors = {each["masked"] for each in holders if each.get("kind") == "organisation"}
    return Naming(
        organ=data.get("domicile", {}).get("organ"),
        investors=codes.get("investment", frozenset()) | investors,
        assigned=codes.get("assigned", frozenset()),
        trade=value.get("trade", ""),
        industry=value.get("industry", ""),
        cases=frozenset(UUID(str(each)) for each in reserved),
    )


def _domicile(value: Json) -> list[tuple[str, str]]:
    return [
        ("登记机关", org.organ(value["organ"]).name),
        ("住所", value["address"]),
        ("住所取得方式", RIGHTS[value["right"]]),
    ]


def _station(value: Json) -> list[tuple[str, str]]:
    return [("乡镇、街道", org.organ(value["station"]).short if value.get("station") else "由登记机关确定")]


def _scope(value: Json) -> list[tuple[str, str]]:
    term = f"{value['years']} 年" if value.get("term") == "years" else "长期"
    return [("经营范围", value["scope"]), ("营业期限", term)]


def _shareholders(value: Json) -> list[tuple[str, str]]:
    rows = [
        (
            f"股东 {n}",
            f"{s['name']}（{s['masked']}）认缴 {s['amount']} 万元，{s['form']}，{s['deadline']} 前缴足",
        )
        for n, s in enumerate(value["rows"], 1)
    ]
    return [("注册资本", f"{value['capital']} 万元"), *rows]


def _members(value: Any) -> list[tuple[str, str]]:
    return [(ROLES[m["role"]], f"{m['name']}（{m['masked']}）") for m in value]


def _documents(value: Json) -> list[tuple[str, str]]:
    return [(files[0]["title"], "、".join(f["filename"] for f in files)) for files in value.values() if files]


_ANSWERS = {
    "name": _name,
    "domicile": _domicile,
    "station": _station,
    "scope": _scope,
    "shareholders": _shareholders,
    "members": _members,
    "documents": _documents,
}
