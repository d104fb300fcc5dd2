"""Public JSON of the register. Errors are problem+json (RFC 9457) and say which character is wrong."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.http import parse_etags

from hongdun.base.authorise import action, requires
from hongdun.lib import uscc
from hongdun.lib.particulars import STATUSES
from hongdun.portal import forms, queries
from hongdun.register import queries as register

if TYPE_CHECKING:
    from django.http import HttpRequest

    from hongdun.register.models import Version
    from hongdun.register.queries import State

LOOK_UP = action("register.look_up", "查企业", "*")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
PROBLEM = "urn:hongdun:problem:"


@requires(LOOK_UP)
def entity(request: HttpRequest, code: str) -> HttpResponse:
    if request.method not in SAFE:
        response = _problem(405, "method", "只能读取", "登记簿的公开接口只接受 GET 和 HEAD 请求")
        response.headers["Allow"] = ", ".join(sorted(SAFE))
        return response
    form = forms.moment_form(request.GET)
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        return _problem(400, "date", "日期有误", str(errors[0]), parameter=name)
    wanted = uscc.normalise(code)
    moment = forms.moment(form)
    state = register.as_of(wanted, moment.on, moment.known) if moment.asked else _today(wanted)
    if state is None:
        return _missing(wanted, moment)
    return _answer(request, _body(state, form))


def _today(code: str) -> State | None:
    found = register.current(code)
    return register.latest(found) if found else None


def _missing(code: str, moment: forms.Moment) -> HttpResponse:
    if register.current(code):
        when = f"在 {moment.on}" + (f"（按登记簿 {moment.known:%Y-%m-%d} 的记载）" if moment.known else "")
        return _problem(404, "no-state", "当时没有登记", f"{code} {when} 没有登记状态")
    wrong = list(uscc.problems(code))
    if wrong:
        flaws = [{"position": each.position, "detail": each.message} for each in wrong]
        return _problem(400, "code", "代码有误", wrong[0].message, parameter="uscc", errors=flaws)
    return _problem(404, "unknown", "没有该主体", f"登记簿没有统一社会信用代码 {code}")


def _body(state: State, form: forms.MomentForm) -> dict[str, Any]:
    found, now = state.entity, state.particulars
    return {
        "uscc": found.uscc,
        "name": now.name,
        "type": {"code": now.type, "label": now.entity_type.label},
        "status": {"code": now.status, "label": STATUSES[now.status]},
        "authority": {"code": found.organ, "name": queries.organ_name(found.organ)},
        "as_of": form.cleaned_data["as_of"],
        "known_on": form.cleaned_data["known_on"],
        "valid": _span(state.version.valid_from, state.version.valid_until),
        "recorded": _recorded(state.version),
        "version": found.version,
        "particulars": state.version.particulars,
        "former_names": [{"name": each.name, "until": each.until} for each in found.former_names.all()],
        "remarks": queries.remarks(found),
        "page": found.get_absolute_url(),
    }


def _span(start: object, end: object) -> dict[str, object]:
    return {"from": start, "until": end}


def _recorded(version: Version) -> dict[str, object]:
    end = version.recorded.upper
    return _span(version.known_from.isoformat(), end.isoformat() if end else None)


def _answer(request: HttpRequest, body: dict[str, Any]) -> HttpResponse:
    data = json.dumps(body, ensure_ascii=False, default=str).encode()
    etag = f'"{sha256(data).hexdigest()[:32]}"'
    known = parse_etags(request.headers.get("If-None-Match", ""))
    same = etag in known or "*" in known
    response = HttpResponse(status=304) if same else HttpResponse(data, content_type="application/json")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _problem(status: int, kind: str, title: str, detail: str, **more: object) -> HttpResponse:
    body = {"type": PROBLEM + kind, "title": title, "status": status, "detail": detail, **more}
    data = json.dumps(body, ensure_ascii=False)
    response = HttpResponse(data, content_type="application/problem+json", status=status)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
