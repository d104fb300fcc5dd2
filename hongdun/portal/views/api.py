"""Public JSON of the register. Errors are problem+json (RFC 9457) and say which character is wrong."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from hongdun.base import answers, parameters
from hongdun.base.authorise import action, requires
from hongdun.base.clock import today
from hongdun.base.operations import Given, operation
from hongdun.lib import uscc as codes
from hongdun.portal import queries
from hongdun.portal.lane import record
from hongdun.portal.views import schemas
from hongdun.register import queries as register
from hongdun.register.models import VersionKind

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hongdun.lib.comparison import Change
    from hongdun.register.models import Entity, Version

LOOK_UP = action("register.look_up", "查企业", "*")
BAD_CODE = answers.problem_type("code", 400, "代码有误")
UNKNOWN = answers.problem_type("unknown", 404, "没有该主体")
NO_STATE = answers.problem_type("no-state", 404, "当时没有登记")
EXAMPLE = "91450102GX0000007C"
CODE = parameters.in_path("uscc", "统一社会信用代码，18 位", schemas.USCC, example=EXAMPLE)
MOST_VERSIONS = 100


@requires(LOOK_UP)
@operation(
    summary="一个市场主体的登记状态",
    about="现在的登记事项；给出 as_of 的，是这一天的，再给出 known_on 的，按登记簿在这一天的记载。",
    tag="市场主体",
    answer=schemas.ENTITY,
    parameters=(
        CODE,
        parameters.day("as_of", "看这一天的登记状态"),
        parameters.day("known_on", "按登记簿在这一天的记载（此后的更正不计）"),
    ),
    problems=(BAD_CODE, UNKNOWN, NO_STATE),
    example=f"/api/v1/entities/{EXAMPLE}?as_of=2020-05-01",
)
def entity(request: HttpRequest, given: Given, uscc: str) -> HttpResponse:
    code = codes.normalise(uscc)
    if not codes.is_possible(code):
        return no_entity(code)
    body = _then(code, given) if given["as_of"] or given["known_on"] else record.now(code)
    if body is None:
        return _no_state(code, given) if register.current(code) else no_entity(code)
    return answers.answer_bytes(request, body)


def _then(code: str, given: Given) -> bytes | None:
    asked = {name: given[name] for name in ("as_of", "known_on")}
    return record.then(code, given["as_of"] or today(), _known(given), **asked)


def _known(given: Given) -> datetime | None:
    """A day of knowledge counts to its last microsecond."""
    day = given["known_on"]
    return timezone.make_aware(datetime.combine(day, time.max)) if day else None


def no_entity(code: str) -> HttpResponse:
    wrong = list(codes.problems(code))
    if wrong:
        flaws = [{"position": each.position, "detail": each.message} for each in wrong]
        return answers.problem(BAD_CODE, wrong[0].message, parameter="uscc", errors=flaws)
    return answers.problem(UNKNOWN, f"登记簿没有统一社会信用代码 {code}")


def _no_state(code: str, given: Given) -> HttpResponse:
    known = f"（按登记簿 {given['known_on']} 的记载）" if given["known_on"] else ""
    return answers.problem(NO_STATE, f"{code} 在 {given['as_of'] or today()}{known} 没有登记状态")


def _times(version: Version) -> dict[str, Any]:
    known_until = version.recorded.upper
    return {
        "valid": {"from": version.valid_from, "until": version.valid_until},
        "recorded": {
            "from": version.known_from.isoformat(),
            "until": known_until.isoformat() if known_until else None,
        },
    }


@requires(LOOK_UP)
@operation(
    summary="一个市场主体的全部登记状态",
    about="登记簿曾经记载的每一个状态，按记载的先后：什么期间有效、什么期间这样记载、改了什么。登记簿只增不改，"
    "所以已经读过的各页不会再变。",
    tag="市场主体",
    answer=schemas.VERSIONS,
    parameters=(
        CODE,
        parameters.whole("cursor", "已经读过几个状态；照 next 给出的用", lowest=0, highest=10**9, default=0),
        parameters.whole("limit", "每页几个状态", lowest=1, highest=MOST_VERSIONS, default=50),
    ),
    problems=(BAD_CODE, UNKNOWN),
    example=f"/api/v1/entities/{EXAMPLE}/versions?limit=10",
)
def versions(request: HttpRequest, given: Given, uscc: str) -> HttpResponse:
    code = codes.normalise(uscc)
    found = register.current(code) if codes.is_possible(code) else None
    if found is None:
        return no_entity(code)
    page = queries.versions(found, start=given["cursor"], size=given["limit"])
    named = queries.organ_names({row.organ for row, _ in page.states})
    return answers.answer(
        request,
        {
            "uscc": found.uscc,
            "versions": [_version(row, changes, named) for row, changes in page.states],
            "next": page.next and _next(found, page.next, given["limit"]),
        },
    )


def _next(found: Entity, cursor: int, limit: int) -> str:
    return f"/api/v1/entities/{found.uscc}/versions?cursor={cursor}&limit={limit}"


def _version(row: Version, changes: list[Change] | None, named: dict[int, str]) -> dict[str, Any]:
    return {
        "kind": {"code": row.kind, "label": VersionKind(row.kind).label},
        **_times(row),
        "authority": {"code": row.organ, "name": named[row.organ]},
        "note": row.note,
        "particulars": row.particulars,
        "changes": changes
        and [
            {"item": each.item, "label": each.label, "before": each.before, "after": each.after}
            for each in changes
        ],
    }
