"""Clauses that depend on how the founders arranged their affairs."""

from __future__ import annotations


def company(
    *, alone: bool, state_owned: bool, stock: bool, has_board: bool, directors: int, supervisors: int, has_manager: bool,
    head_is_director: bool,
) -> dict[str, str]:  # fmt: skip
    owner = "履行出资人职责的机构" if state_owned else "股东" if alone else "股东会"
    return {
        "meeting": _meeting(owner, alone=alone),
        "board": _board(owner, has_board=has_board, directors=directors),
        "manager": _manager(has_board=has_board) if has_manager else "",
        "supervision": _supervision(owner, supervisors=supervisors, stock=stock, has_board=has_board, alone=alone),
        "transfer": "" if alone else TRANSFER,
        "head_duty": "董事" if head_is_director else "经理",
        "owner_decides": f"{owner}{'决定' if alone else '决议'}",
        "owner_amends": f"{owner}决定，以书面形式作出" if alone else "股东会经代表三分之二以上表决权的股东通过",
    } | _founding(owner, alone=alone, stock=stock)  # fmt: skip


def _founding(owner: str, *, alone: bool, stock: bool) -> dict[str, str]:
    """Who takes the first resolution: the only holder, the promoters' meeting (公司法 art. 103), or the shareholders'."""
    if alone:
        return {
            "resolution": "股东决定",
            "decides": "决定",
            "deciding": f"{owner}以书面形式",
            "signing": "股东",
        }
    if stock:
        deciding = "发起人召开公司成立大会，经出席会议的认股人所持表决权过半数通过，"
        return {
            "resolution": "成立大会决议",
            "decides": "决议",
            "deciding": deciding,
            "signing": "全体发起人",
        }
    deciding = "全体股东召开首次股东会会议，经代表过半数表决权的股东通过，"
    return {"resolution": "股东会决议", "decides": "决议", "deciding": deciding, "signing": "全体股东"}


TRANSFER = (
    "§ 股东之间可以相互转让其全部或者部分股权。股东向股东以外的人转让股权的，应当将股权转让的数量、价格、支付方式和期限等"
    "事项书面通知其他股东，其他股东在同等条件下有优先购买权；自接到书面通知之日起三十日内未答复的，视为放弃优先购买权。"
)


def _meeting(owner: str, *, alone: bool) -> str:
    if alone:
        return (
            f"§ 公司不设股东会，由{owner}行使公司法第五十九条第一款规定的职权；作出决定时采用书面形式，"
            "签名或者盖章后置备于公司。"
        )
    return (
        "§ 公司股东会由全体股东组成，是公司的权力机构，依照公司法第五十九条第一款的规定行使职权。\n"
        "§ 股东会会议由股东按照出资比例行使表决权。股东会作出决议，应当经代表过半数表决权的股东通过；修改公司章程、"
        "增加或者减少注册资本，以及公司合并、分立、解散或者变更公司形式的决议，应当经代表三分之二以上表决权的股东通过。\n"
        "§ 召开股东会会议，应当于会议召开十五日前通知全体股东。股东会应当对所议事项的决定作成会议记录，"
        "出席会议的股东应当在会议记录上签名或者盖章。"
    )


def _board(owner: str, *, has_board: bool, directors: int) -> str:
    if not has_board:
        return f"§ 公司不设董事会，设董事一名，由{owner}选任，行使公司法规定的董事会的职权。董事任期三年，连选可以连任。"
    return (
        f"§ 公司设董事会，由 {directors} 名董事组成，由{owner}选任，任期三年，任期届满，连选可以连任。董事会设董事长一人，"
        "由董事会以全体董事的过半数选举产生。\n"
        "§ 董事会依照公司法第六十七条的规定行使职权。董事会会议应当有过半数的董事出席方可举行；作出决议，应当经"
        "全体董事的过半数通过；决议的表决实行一人一票。"
    )


def _manager(*, has_board: bool) -> str:
    by = "董事会" if has_board else "董事"
    return f"§ 公司设经理，由{by}决定聘任或者解聘，对{by}负责，根据{by}的授权行使职权。"


def _supervision(owner: str, *, supervisors: int, stock: bool, has_board: bool, alone: bool) -> str:
    if supervisors == 1:
        return f"§ 公司不设监事会，设监事一名，由{owner}选任，行使公司法规定的监事会的职权。监事任期三年，连选可以连任。"
    if supervisors:
        return (
            f"§ 公司设监事会，由 {supervisors} 名监事组成，其中职工代表的比例不低于三分之一，由职工民主选举产生，"
            f"其余由{owner}选任。监事任期三年，连选可以连任。\n"
            "§ 监事会依照公司法第七十八条的规定行使职权，决议应当经全体监事的过半数通过，决议的表决实行一人一票。"
        )
    if has_board:
        return (
            "§ 公司在董事会中设置由董事组成的审计委员会，行使公司法规定的监事会的职权，不设监事会或者监事。"
        )
    return "" if stock else f"§ 经{'股东决定' if alone else '全体股东一致同意'}，公司不设监事会，也不设监事。"


def partnership(managing: str, *, limited: bool, entrusted: bool, special: bool) -> dict[str, str]:
    return {
        "liability": _liability(limited=limited, special=special),
        "management": _management(managing, limited=limited, entrusted=entrusted),
        "conversion": CONVERSION if limited else "",
    }


def _liability(*, limited: bool, special: bool) -> str:
    if limited:
        return "§ 普通合伙人对合伙企业债务承担无限连带责任，有限合伙人以其认缴的出资额为限对合伙企业债务承担责任。"
    if special:
        return (
            "§ 一个合伙人或者数个合伙人在执业活动中因故意或者重大过失造成合伙企业债务的，应当承担无限责任或者无限连带责任，"
            "其他合伙人以其在合伙企业中的财产份额为限承担责任；非因故意或者重大过失造成的合伙企业债务以及合伙企业的其他债务，"
            "由全体合伙人承担无限连带责任。"
        )
    return "§ 合伙人对合伙企业债务承担无限连带责任。"


CONVERSION = (
    "§ 有限合伙人入伙、退伙的条件和程序适用本章规定；新入伙的有限合伙人对入伙前合伙企业的债务，以其认缴的出资额为限承担责任。"
    "\n§ 普通合伙人转变为有限合伙人，或者有限合伙人转变为普通合伙人，应当经全体合伙人一致同意。"
)


def _management(managing: str, *, limited: bool, entrusted: bool) -> str:
    if not entrusted:
        return f"§ 合伙事务由{managing}共同执行，对执行合伙事务享有同等的权利。"
    text = f"§ 经全体合伙人决定，委托{managing}执行合伙事务，对外代表合伙企业；其他合伙人不再执行合伙事务，有权监督其执行情况。"
    if not limited:
        return text
    return (
        f"{text}\n§ 执行事务合伙人应当是普通合伙人，由全体合伙人一致同意选定；在合伙企业经营范围内执行事务，不得超越本协议和"
        "全体合伙人的授权，违约的应当赔偿损失。\n"
        "§ 执行事务合伙人有合伙企业法第四十九条规定情形的，经其他合伙人一致同意可以除名，并按照选定的程序更换。"
    )


def cooperative(*, union: bool, has_council: bool, executive: bool, supervisors: int) -> dict[str, str]:
    if union:
        condition = "承认并遵守本章程的农民专业合作社，可以申请成为本社的成员社。"
        voting = "成员大会选举和表决，实行一社一票。本社不设成员代表大会。"
    else:
        condition = (
            "具有民事行为能力的公民，以及从事与本社业务直接有关的生产经营活动的企业、事业单位或者社会组织，能够利用本社提供的"
            "服务，承认并遵守本章程，可以申请成为本社成员。农民至少占成员总数的百分之八十。"
        )
        voting = "成员大会选举和表决，实行一人一票，成员各享有一票的基本表决权。本社不设附加表决权。"
    if executive:
        supervision = "§ 本社设执行监事一名，由成员大会从本社成员中选举产生，任期三年，可以连选连任。"
    elif supervisors:
        supervision = f"§ 本社设监事会，由 {supervisors} 名监事组成，由成员大会从本社成员中选举产生，任期三年，可以连选连任。"
    else:
        supervision = "§ 本社不设执行监事和监事会，由成员大会监督。"
    return {
        "member_condition": condition, "voting": voting, "coop_supervision": supervision,
        "council": "；设理事会，理事由成员大会从本社成员中选举产生" if has_council else "，不设理事会",
    }  # fmt: skip
