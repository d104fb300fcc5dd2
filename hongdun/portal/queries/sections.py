"""What each section of an entity's page shows; None leaves the section out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.base.parts import SummaryRow
from hongdun.base.sections import Section
from hongdun.lib import industries, scopeitems
from hongdun.portal.queries import branches, record
from hongdun.portal.queries.reading import LISTED, RECENT
from hongdun.register.models import Licence

if TYPE_CHECKING:
    from hongdun.portal.queries.reading import Reading

Facts = dict[str, Any]


def particulars(reading: Reading) -> Facts:
    without = record.unknown(reading.state, loaded=reading.loaded)
    rows = record.summary(reading.entity, reading.state, authority=reading.authority, without=without)
    section = industries.section_of(reading.state.industry)
    if section:
        rows.append(SummaryRow("行业", f"{section.label}（{reading.state.industry}）"))
    return {"rows": rows, "remarks": record.remarks(reading.entity)}


def permits(reading: Reading) -> Facts | None:
    """Licensed items of the scope (许可项目): what may be done only with a permit (登记管理条例 art. 14)."""
    found = scopeitems.split(reading.state.scope.text).items
    items = list(dict.fromkeys(each.text for each in found if each.head == "许可项目"))
    return {"items": items, "count": len(items)} if items else None


def people(reading: Reading) -> Facts | None:
    shown = [each for each in reading.state.people if each.is_public]
    return {"people": shown, "count": len(shown)} if shown else None


def shares(reading: Reading) -> Facts | None:
    rows = record.shares(reading.state)
    return {"shares": rows, "count": len(rows)} if rows else None


def related(reading: Reading) -> Facts | None:
    """The enterprise above, or the branches below."""
    parent = _parent(reading)
    if not parent and not reading.branches:
        return None
    more = len(reading.branches) > LISTED
    count = branches.count(reading.entity.name) if more else len(reading.branches)
    return {
        "parent": parent,
        "branches": reading.branches[:LISTED],
        "count": min(count, branches.MOST) or None,
        "capped": count > branches.MOST,
        "more": more,
        "by_name": bool(reading.branches) or not reading.state.parent,
        "page": f"{reading.entity.get_absolute_url()}branches/",
    }


def _parent(reading: Reading) -> branches.Related | None:
    stated = reading.state.parent
    if stated:
        return branches.Related(stated.name, stated.uscc, "")
    name = reading.entity.name
    return branches.parent_of(name) if branches.may_have_parent(reading.state.type, name) else None


def former_names(reading: Reading) -> Facts | None:
    return {"former_names": reading.former_names} if reading.former_names else None


def decisions(reading: Reading) -> Facts | None:
    found = reading.decisions
    return {"decisions": found[:LISTED], "more": len(found) > LISTED} if found else None


def changes(reading: Reading) -> Facts:
    """The newest changes; all of them have pages of their own when there are more."""
    total = reading.filed - 1
    return {
        "changes": record.changes(reading.filings),
        "count": total or None,
        "page": f"{reading.entity.get_absolute_url()}changes/" if total > RECENT else "",
    }


def licences(reading: Reading) -> Facts:
    found = reading.licences
    void = any(each.state in {Licence.State.LOST, Licence.State.VOID} for each in found)
    return {
        "licences": found[:LISTED],
        "more": len(found) > LISTED,
        "void": void,
        "uscc": reading.entity.uscc,
    }


OWN = [
    Section("particulars", "登记事项", "portal/entity/particulars.html", 10, particulars),
    Section("permits", "许可项目", "portal/entity/permits.html", 20, permits),
    Section("people", "主要人员", "portal/entity/people.html", 30, people),
    Section("shares", "股东及出资", "portal/entity/shares.html", 40, shares),
    Section("related", "所属企业和分支机构", "portal/entity/related.html", 50, related),
    Section("former-names", "曾用名", "portal/entity/former_names.html", 60, former_names),
    Section("statuses", "登记状态的变动", "portal/entity/decisions.html", 80, decisions),
    Section("changes", "变更前后", "portal/entity/changes.html", 90, changes),
    Section("licences", "营业执照", "portal/entity/licences.html", 100, licences),
]
