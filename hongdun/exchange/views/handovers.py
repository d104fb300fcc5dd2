"""A department fetches what was registered and confirms that it has it. Proven by its signature, so nobody signs in."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from hongdun.base import answers, partners
from hongdun.base.authorise import PUBLIC, action, requires
from hongdun.base.parameters import BadParameter, Parameters, whole
from hongdun.exchange.actions import handovers as actions
from hongdun.exchange.queries import handovers as queries
from hongdun.lib import webhooks

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongdun.base.partners import Partner

    View = Callable[[HttpRequest, Partner], HttpResponse]
    Addressed = Callable[Concatenate[HttpRequest, ...], HttpResponse]

FETCH = action("exchange.fetch_handovers", "取部门推送", PUBLIC)
HIGHEST, MOST, USUAL, LONGEST_BODY = 10**15, 500, 100, 262_144
NOT_GIVEN = answers.problem_type("not-given", 422, "没有给出过")
ASKED = Parameters(
    (
        whole("after", "从哪个序号之后读起；不写则给出还没有确认的", lowest=0, highest=HIGHEST, default=None),
        whole("limit", "最多几条", lowest=1, highest=MOST, default=USUAL),
    )
)


def proven(view: View) -> Addressed:
    """Give the view the department that has signed the request."""

    @wraps(view)
    def checked(request: HttpRequest, department: str) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST_BODY:
            return answers.problem(partners.TOO_LONG, f"正文最长 {LONGEST_BODY} 字节，请分几次确认")
        found = queries.partners().get(department)
        if found is None:
            return answers.problem(answers.NOT_FOUND, f"没有登记部门 {department}，请核对地址")
        try:
            partners.prove(request, found)
        except webhooks.Unproven as error:
            return answers.problem(partners.UNPROVEN, str(error))
        return view(request, found)

    return checked


@csrf_exempt
@requires(FETCH)
@never_cache
@require_GET
@proven
def fetch(request: HttpRequest, partner: Partner) -> HttpResponse:
    try:
        given = ASKED.read(request.GET)
    except BadParameter as error:
        return answers.problem(answers.BAD_REQUEST, str(error), parameter=error.name[:40])
    rows = actions.fetch(partner, after=given["after"], limit=given["limit"])
    return JsonResponse(
        {"handovers": [queries.as_json(row) for row in rows], "more": len(rows) == given["limit"]},
        json_dumps_params={"ensure_ascii": False},
    )


@csrf_exempt
@requires(FETCH)
@require_POST
@proven
def receipts(request: HttpRequest, partner: Partner) -> HttpResponse:
    try:
        receipt = actions.receipt_of(request.body)
        waiting = actions.take_receipt(partner, receipt)
    except ValueError as error:
        return answers.problem(answers.BAD_REQUEST, str(error))
    except actions.Unknown as error:
        return answers.problem(NOT_GIVEN, f"没有给贵方这些序号：{error}")
    return JsonResponse({"waiting": waiting})
