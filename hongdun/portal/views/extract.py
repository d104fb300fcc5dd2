"""The extract of an entity as a signed PDF: free, for any day, made when asked for, stored nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hongdun.base import answers
from hongdun.base.authorise import action, requires
from hongdun.base.clock import now, today
from hongdun.base.recent import Recent
from hongdun.cases.actions import seal_number
from hongdun.documents import numbers, signing
from hongdun.documents.extract import ExtractData, Table, print_extract
from hongdun.documents.numbers import Extract
from hongdun.portal import forms, queries
from hongdun.portal.queries import extract as content
from hongdun.portal.views.entity import code_of, not_there
from hongdun.register import queries as register

if TYPE_CHECKING:
    from django.http import HttpRequest

    from hongdun.register.queries import State

EXTRACT = action("register.extract", "下载登记信息摘录", "*")
KEPT = 32  # papers of some 100 kB in each process
SIGNED = Recent[bytes](KEPT)


@require_safe
@requires(EXTRACT)
def extract(request: HttpRequest, uscc: str) -> HttpResponse:
    code = code_of(uscc)
    form = forms.moment_form(request.GET)
    if not form.is_valid():
        return render(request, "portal/extract_date.html", {"form": form, "uscc": code}, status=400)
    asked = Extract(
        uscc=code,
        as_of=form.cleaned_data["as_of"] or today(),
        known_on=form.cleaned_data["known_on"],
        made=now(),
    )
    state = content.state_of(asked) if numbers.FIRST_DAY < asked.as_of <= today() else None
    if state is None:
        raise _nothing_to_extract(asked)
    return _download(request, asked, _paper(asked, state))


def _nothing_to_extract(asked: Extract) -> Http404:
    if register.current(asked.uscc) is None:
        return not_there(asked.uscc)
    if asked.as_of > today():
        return Http404("摘录的日期不能晚于今天，请改选日期。")
    return Http404(f"登记簿没有{content.moment_words(asked)}：当时尚未成立，或者还没有记载。请改选日期。")


def _paper(asked: Extract, state: State) -> bytes:
    """The same content on the same day is the same paper: setting and signing one takes a tenth of a second."""
    tables, remarks = content.tables(state, asked), queries.remarks(state.entity)
    key = (repr(tables), repr(remarks), asked.as_of, asked.known_on, today(), signing.is_specimen())
    return SIGNED.get(key, lambda: _signed(asked, state, tables, remarks))


def _signed(asked: Extract, state: State, tables: list[Table], remarks: list[str]) -> bytes:
    number = numbers.number_of(asked)
    authority = queries.organ_name(state.entity.organ)
    data = ExtractData(
        name=state.particulars.name,
        authority=authority,
        moment=content.moment_words(asked),
        tables=tables,
        remarks=remarks,
        number=number,
        url=f"{settings.BASE_URL}/verify/{number}",
        verify_at=f"{settings.BASE_URL}/verify/",
        made=asked.made,
        seal_number=seal_number(state.entity.organ),
    )
    pdf = print_extract(data, specimen=signing.is_specimen())
    return signing.sign_pdf(pdf, reason="登记信息摘录", location=authority, at=asked.made)


def _download(request: HttpRequest, asked: Extract, paper: bytes) -> HttpResponse:
    response = HttpResponse(paper, content_type="application/pdf")
    name = quote(f"登记信息摘录-{asked.uscc}-{asked.as_of}.pdf")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    response.headers["X-Robots-Tag"] = "noindex"
    return answers.same_or(request, response, answers.etag_of(paper))
