from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from hongdun.base.authorise import APPLICANT, OFFICER, action, actor_of, requires
from hongdun.documents import actions, queries
from hongdun.documents.errors import DamagedFile

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest


READ = action("documents.read", "查看材料和文书", OFFICER, APPLICANT)
# A file from outside must not act with the platform's name, whatever the viewer makes of it.
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; sandbox"


@require_safe
@requires(READ)
def download(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Show or, with ?save=1, save one document."""
    found = queries.document(document_id)
    if found is None:
        raise Http404("没有这份材料，或者您无权查看。请从案件页面重新打开。")
    etag = f'"{found.sha256}"'
    actions.note_reading(found, actor=actor_of(request))
    if request.headers.get("If-None-Match") == etag:
        return _guarded(HttpResponse(status=304), etag)
    try:
        response = HttpResponse(queries.content(found), content_type=found.content_type)
    except DamagedFile as error:
        return HttpResponse(str(error), status=503, content_type="text/plain; charset=utf-8")
    disposition = "attachment" if "save" in request.GET else "inline"
    response.headers["Content-Disposition"] = f"{disposition}; filename*=UTF-8''{quote(found.filename)}"
    return _guarded(response, etag)


def _guarded(response: HttpResponse, etag: str) -> HttpResponse:
    response.headers["ETag"] = etag
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = "private, no-cache"
    return response
