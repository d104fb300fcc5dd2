"""What an entity may file today, and what stands against the rest: a page for its people and officers, an API for all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from hongdun.base import answers, clock, parameters
from hongdun.base.authorise import action, actor_of, requires
from hongdun.base.operations import Given, operation
from hongdun.lib import uscc as codes
from hongdun.register import queries as register
from hongdun.registration import allowable

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hongdun.register.models import Entity

# Open to see at all, so that strangers are led to log in; what it says is checked against the entity.
SEE = action("registration.see_filings", "查看可以办理的登记", "*")
ASK = action("registration.ask_filings", "查询可以办理的登记", "*")
EXAMPLE = "91450102GX0000007C"
UNKNOWN = answers.problem_type("unknown", 404, "没有该主体")
WORD = {"type": "string"}
ANSWER = {
    "type": "object",
    "required": ["uscc", "on", "filings"],
    "properties": {
        "uscc": WORD,
        "on": {"type": "string", "format": "date"},
        "filings": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "label", "blockers"],
                "properties": {
                    "code": WORD,
                    "label": WORD,
                    "blockers": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["code", "text", "article"],
                            "properties": {"code": WORD, "text": WORD, "article": WORD},
                        },
                    },
                },
            },
        },
    },
}


@require_safe
@requires(SEE)
def page(request: HttpRequest, uscc: str) -> HttpResponse:
    entity = _entity(uscc)
    if entity is None:
        raise Http404(f"登记簿没有统一社会信用代码 {uscc}，请核对。")
    if getattr(request, "actor", None) is None:
        return redirect(f"/account/login/?{urlencode({'next': request.get_full_path()})}")
    actor = actor_of(request)
    if not allowable.concerns(entity, actor):
        raise PermissionDenied(
            f"只有“{entity.name}”的经营者、法定代表人、出资人、联络员，或者它的登记机关，可以看它能办哪些登记。"
            "请核对登录的账号；委托他人办理的，请持委托书到窗口。"
        )
    context = {
        "layout": "public.html" if actor.kind == "applicant" else "office.html",
        "entity": entity,
        "filings": allowable.filings_of(entity, on=clock.today()),
        "may_apply": actor.kind == "applicant",
    }
    return render(request, "registration/allowed.html", context)


def _entity(uscc: str) -> Entity | None:
    code = codes.normalise(uscc)
    return register.current(code) if codes.is_possible(code) else None


@requires(ASK)
@operation(
    summary="一个市场主体可以办理哪些登记",
    about="每种登记和妨碍它的情形，各有依据；没有妨碍的 blockers 为空。只回答依法公示的情形：是否正在办理其他登记、"
    "是否被立案等，只告知主体本人和登记机关。",
    tag="市场主体",
    answer=ANSWER,
    parameters=(parameters.in_path("uscc", "统一社会信用代码，18 位", {"type": "string"}, example=EXAMPLE),),
    problems=(UNKNOWN,),
    example=f"/api/v1/entities/{EXAMPLE}/filings",
)
def api(request: HttpRequest, given: Given, uscc: str) -> HttpResponse:  # noqa: ARG001 - it takes no parameters
    entity = _entity(uscc)
    if entity is None:
        return answers.problem(UNKNOWN, f"登记簿没有统一社会信用代码 {codes.normalise(uscc)[:40]}")
    today = clock.today()
    filings = [_shown(each) for each in allowable.filings_of(entity, on=today)]
    return answers.answer(request, {"uscc": entity.uscc, "on": today, "filings": filings})


def _shown(each: allowable.Allowed) -> dict[str, Any]:
    known = [b for b in each.blockers if b.is_public]
    blockers = [{"code": b.code, "text": b.text, "article": b.article} for b in known]
    return {"code": each.code, "label": each.label, "blockers": blockers}
