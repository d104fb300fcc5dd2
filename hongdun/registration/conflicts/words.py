"""Findings in words: what it is, by which article, and what the officer does about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.base.parts import Finding
from hongdun.law import queries as law
from hongdun.registration import queries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hongdun.law.models import Ground

    Link = tuple[str, str]

STOP = "stop"
ORDER = (STOP, "look", "know")
SHOWN = 5
TITLES = {
    "entity": "同一主体另有在办的登记",
    "name": "同一名称另有在办的申请",
    "address": "同一地址另有在办的申请",
}
ADVICE = {
    "entity": "先办结那一件，或者请申请人撤回其中一件，再决定本件；事项不重叠的变更可以各自决定。",
    "name": "名称先登记的先得。请核对两件是否同一设立人重复提交；不是的，以先收到的为准，另一件退回补正名称。",
    "address": "核对两件的住所证明：同一房屋由几个主体使用的，看是否都有使用的权利；确属同一设立人重复提交的，请其撤回一件。",
}
GROUNDS = {"name": "name_same_live", "address": "domicile_proof"}


def bar(name: str, *, ground: Ground, since: str, until: str, basis: str) -> Finding:
    till = f"至 {until}" if until else "，没有期限"
    return Finding(
        STOP, f"{name}有不得任职、申请的记录", f"{ground.text}；自 {since} {till}。文书：{basis}。",
        "先核对是不是同一人、仍不得担任所申请的职务。属实的，请申请人换人，或者不予登记并勾选相应依据。",
        ground.citation,
    )  # fmt: skip


def revoked(name: str, *, entity: str, on: str, link: Link) -> Finding:
    return Finding(
        STOP, f"{name}是三年内被吊销企业的法定代表人", f"“{entity}”于 {on} 被吊销营业执照。",
        "核实本人对吊销是否负有个人责任：负有的，三年内不得任法定代表人、董事、监事、高级管理人员；没有的，在意见中写明。",
        law.ground("representative_revocation").citation, (link,),
    )  # fmt: skip


def listed(name: str, *, text: str, link: Link) -> Finding:
    return Finding(
        "look", f"{name}任职的企业有不良记录", text,
        "打开该企业核对；本人任职资格因此受限的，请申请人换人，其他的不影响本件。", links=(link,),
    )  # fmt: skip


def elsewhere(name: str, seats: Sequence[tuple[str, str, str]]) -> Finding:
    shown = "；".join(f"{entity}（{roles}）" for entity, _, roles in seats[:SHOWN])
    more = f"等 {len(seats)} 户" if len(seats) > SHOWN else ""
    return Finding(
        "know", f"{name}另在 {len(seats)} 户任职或者出资", f"{shown}{more}。",
        "与身份证明对照，看是否本人、是否知情；任职的户数明显异常的，请本人到场或者视频核验。",
        law.ground("identity").citation, tuple((entity, url) for entity, url, _ in seats[:SHOWN]),
    )  # fmt: skip


def open_filings(kind: str, found: Sequence[tuple[str, str, str]], *, links: Sequence[Link]) -> Finding:
    """`found`: number, title and procedure of each; `links` to those that this officer may open."""
    shown = "；".join(f"{title}，{_label(code)}（{number}）" for number, title, code in found[:SHOWN])
    more = f"等 {len(found)} 件" if len(found) > SHOWN else ""
    article = law.ground(GROUNDS[kind]).citation if kind in GROUNDS else ""
    far = "" if links else "，由其他机关办理"
    return Finding(
        "look",
        f"{TITLES[kind]} {len(found)} 件",
        f"{shown}{more}{far}。",
        ADVICE[kind],
        article,
        tuple(links[:SHOWN]),
    )


def _label(procedure: str) -> str:
    return queries.label(procedure) if procedure in queries.FILINGS else "登记"


def often(kind: str, name: str, count: int, *, most: int) -> Finding:
    times = f"{most - 1} 件以上" if count >= most else f"{count} 件"
    if kind == "phone":
        return Finding(
            "look", f"{name}的手机号出现在别人名下", f"最近一年有 {times}申请，用同一号码的是其他姓名。",
            "向本人核实手机号和申请是否本人所为，防止冒用身份。", law.ground("identity").citation,
        )  # fmt: skip
    return Finding(
        "know", f"{name}最近一年经办 {times}申请", "申请人或者委托代理人是同一人。",
        "从事代办的，核对委托书和各签署人是否本人签署；不得提供虚假信息和材料。", "《市场主体登记管理条例》第十八条",
    )  # fmt: skip
