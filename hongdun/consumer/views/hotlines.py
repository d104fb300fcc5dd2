"""A 12345 hotline speaks to us: signed messages, each done once. Proven by its signature, so nobody signs in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from hongdun.base import answers, partners
from hongdun.base.authorise import action, requires
from hongdun.cases import actions as cases
from hongdun.consumer.actions import hotlines
from hongdun.consumer.actions.contacts import KeyTaken
from hongdun.consumer.queries.hotlines import hotlines as known
from hongdun.lib import webhooks

if TYPE_CHECKING:
    from django.http import HttpRequest

HOTLINES = action("consumer.hotline_message", "12345 对接", "*")
LONGEST_BODY = 262_144
KEY_TAKEN = answers.problem_type("conflict", 409, "编号已用于别的内容")
REFUSED = answers.problem_type("refused-order", 422, "不能办理")
WRONG: dict[type[Exception], answers.ProblemType] = {
    webhooks.Unproven: partners.UNPROVEN,
    hotlines.Malformed: answers.BAD_REQUEST,
    KeyTaken: KEY_TAKEN,
    cases.Refused: REFUSED,
}


@csrf_exempt
@requires(HOTLINES)
@require_POST
def message(request: HttpRequest, hotline: str) -> HttpResponse:
    if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST_BODY:
        return answers.problem(partners.TOO_LONG, f"一条消息最长 {LONGEST_BODY} 字节，附件请另行传送")
    found = known().get(hotline)
    if found is None:
        return answers.problem(answers.NOT_FOUND, f"没有登记对接方 {hotline}，请核对地址")
    try:
        number = partners.prove(request, found)
        return JsonResponse(hotlines.take(found, number=number, body=request.body))
    except tuple(WRONG) as error:
        kind = next(kind for wrong, kind in WRONG.items() if isinstance(error, wrong))
        return answers.problem(kind, str(error))
