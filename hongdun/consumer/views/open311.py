"""Open311 GeoReport v2: other cities' programs file here; each sees what came by its own key."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from hongdun.base import limits
from hongdun.base.authorise import action, requires
from hongdun.base.ids import uuid7
from hongdun.cases import actions as cases
from hongdun.consumer import actions as consumer
from hongdun.consumer.actions import taking
from hongdun.consumer.forms.drafts import filing_of, sender_of
from hongdun.consumer.forms.georeport import Request
from hongdun.consumer.queries import contacts, georeport, reading
from hongdun.parties import queries as parties

if TYPE_CHECKING:
    from django.http import HttpRequest

    from hongdun.consumer.actions.taking import Taken
    from hongdun.parties.models import ApiKey

OPEN311 = action("consumer.open311", "Open311 接口", "*")
LONGEST_KEY, LONGEST_BODY = 80, 65_536
NOBODY = "-"


class Wrong(Exception):
    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


@requires(OPEN311)
@require_safe
def services(_: HttpRequest, form: str) -> HttpResponse:
    return _answer(form, georeport.services(), root="services", each="service")


@requires(OPEN311)
@require_safe
def definition(_: HttpRequest, code: str, form: str) -> HttpResponse:
    if code not in {each["service_code"] for each in georeport.services()}:
        return _wrong(form, Wrong(404, f"没有服务 {code}，请从 services.{form} 中选择"))
    body = georeport.written_definition(_known(form), georeport.definition(code))
    return HttpResponse(body, content_type=georeport.FORMATS[form])


@csrf_exempt
@requires(OPEN311)
@require_http_methods(["GET", "POST"])
def requests(request: HttpRequest, form: str) -> HttpResponse:
    _known(form)
    try:
        is_new = request.method == "POST"
        rows = [_taken(request, _key(request))] if is_new else _found(request, _reader(request))
    except Wrong as wrong:
        return _wrong(form, wrong)
    return _answer(form, rows, root="service_requests", each="request")


@requires(OPEN311)
@require_safe
def one(request: HttpRequest, wanted: str, form: str) -> HttpResponse:
    _known(form)
    try:
        row = georeport.one_of(_reader(request), _number(wanted))
    except Wrong as wrong:
        return _wrong(form, wrong)
    if row is None:
        return _wrong(form, Wrong(404, "没有这个编号，或者不是用这个密钥提交的"))
    return _answer(form, [row], root="service_requests", each="request")


def _key(request: HttpRequest) -> ApiKey:
    """As the public API's keys: /account/keys/; counted against the same quota."""
    secret = _secret(request)
    key = parties.api_key(secret) if secret else None
    if key is None:
        raise Wrong(
            403, "请带上 api_key；密钥在 /account/keys/ 建立" if not secret else "api_key 无效或者已停用"
        )
    standing = limits.take(limits.of_key(key.pk), limits.Quota(key.per_minute, key.per_day))
    if standing and standing.refused:
        raise Wrong(429, f"这个密钥的额度已用完，请在 {standing.wait} 秒后再试")
    return key


def _secret(request: HttpRequest) -> str:
    return request.POST.get("api_key") or request.GET.get("api_key") or request.headers.get("X-Api-Key", "")


def _reader(request: HttpRequest) -> str:
    """Whose requests are shown: without a key nobody's, for complaints are no public list."""
    return _key(request).pk.hex if _secret(request) else NOBODY


def _taken(request: HttpRequest, key: ApiKey) -> dict[str, Any]:
    """Kept first under its key, read then: who sends the same again is answered the same."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST_BODY:
        raise Wrong(413, f"内容最长 {LONGEST_BODY} 字节；照片请放在 media_url 指向的地址")
    given = {name: str(value) for name, value in request.POST.items() if name != "api_key"}
    payload = json.dumps(given, ensure_ascii=False, sort_keys=True)
    typed = reading.of_program(given)
    once = request.headers.get("Idempotency-Key", "") or str(uuid7())
    if len(once) > LONGEST_KEY:
        raise Wrong(400, f"Idempotency-Key 最长 {LONGEST_KEY} 个字符")
    try:
        contact = taking.take_in(
            channel="open311", key=f"{key.pk.hex}:{once}", payload=payload,
            organ=taking.organ_for(typed["sale_division"]), sender=sender_of(typed),
        )  # fmt: skip
        return _said(taking.file(contact, _filing(given)))
    except consumer.KeyTaken as taken:
        raise Wrong(409, str(taken)) from taken
    except cases.Refused as refused:
        raise Wrong(400, str(refused)) from refused


def _filing(given: dict[str, str]) -> consumer.Filing:
    form = Request({name.replace("attribute[", "").rstrip("]"): value for name, value in given.items()})
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        raise Wrong(400, f"{name}：{errors[0]}")
    return filing_of(form.as_typed())


def _said(taken: Taken) -> dict[str, Any]:
    numbers = "、".join(case.number for case in taken.cases)
    waits = (
        f"来件号 {contacts.reference(taken.contact)}：接口不是法定的投诉举报渠道，请来件人打开 "
        f"{taking.link(taken.contact)} 补全提交，或者拨打 12315"
    )
    notice = f"已登记 {numbers}" if numbers else waits
    return {"service_request_id": str(taken.contact.pk), "service_notice": notice, "account_id": None}


def _found(request: HttpRequest, key: str) -> list[dict[str, Any]]:
    given = request.GET
    if given.get("service_request_id"):
        wanted = [_number(each) for each in given["service_request_id"].split(",")[:50]]
        return [row for each in wanted if (row := georeport.one_of(key, each))]
    return georeport.requests_of(
        key, code=given.get("service_code", ""), status=given.get("status", ""),
        begin=_moment(given.get("start_date", "")), end=_moment(given.get("end_date", "")),
    )  # fmt: skip


def _number(wanted: str) -> str:
    try:
        return str(UUID(wanted.strip()))
    except ValueError:
        raise Wrong(404, "没有这个编号，或者不是用这个密钥提交的") from None


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
        return at if timezone.is_aware(at) else timezone.make_aware(at)
    except (ValueError, OverflowError):
        raise Wrong(400, "start_date、end_date 应为 W3C 时间，例如 2026-11-24T00:00:00+08:00") from None


def _known(form: str) -> str:
    if form not in georeport.FORMATS:
        raise Http404("只有 .json 和 .xml 两种格式，请改正地址的结尾。")
    return form


def _answer(form: str, rows: list[dict[str, Any]], *, root: str, each: str) -> HttpResponse:
    body = georeport.written(_known(form), rows, root=root, each=each)
    return HttpResponse(body, content_type=georeport.FORMATS[form])


def _wrong(form: str, wrong: Wrong) -> HttpResponse:
    rows = [{"code": wrong.status, "description": str(wrong)}]
    body = georeport.written(_known(form), rows, root="errors", each="error")
    return HttpResponse(body, content_type=georeport.FORMATS[form], status=wrong.status)
