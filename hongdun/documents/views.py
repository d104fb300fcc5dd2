from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from hongdun.base.authorise import APPLICANT, OFFICER, PUBLIC, action, actor_of, requires
from hongdun.documents import actions, codes, queries
from hongdun.documents.errors import DamagedFile
from hongdun.documents.uploads import PDF

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from hongdun.documents.models import Document

KEYS = action("documents.licence_keys", "下载执照验证公钥", PUBLIC)
READ = action("documents.read", "查看材料和文书", OFFICER, APPLICANT)
# A file from outside must not act in the platform's name, whatever the viewer makes of it.
GUARD = "default-src 'none'; object-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
# Chromium's viewer stays blank in a sandbox; scripts in PDFs were refused on their way in.
SANDBOX = f"{GUARD}; style-src 'unsafe-inline'; img-src 'self'; sandbox"


@require_safe
@requires(READ)
def download(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Show or, with ?save=1, save one document."""
    found = queries.document(document_id)
    if found is None or (actor_of(request).kind == "applicant" and found.kind in queries.INTERNAL):
        raise Http404("没有这份材料，或者您无权查看。请从案件页面重新打开。")
    actions.note_reading(found, actor=actor_of(request))
    if request.headers.get("If-None-Match") == etag_of(found):
        return _guarded(HttpResponse(status=304), found)
    try:
        response = HttpResponse(queries.content(found), content_type=found.content_type)
    except DamagedFile as error:
        return HttpResponse(str(error), status=503, content_type="text/plain; charset=utf-8")
    disposition = "attachment" if "save" in request.GET else "inline"
    response.headers["Content-Disposition"] = f"{disposition}; filename*=UTF-8''{quote(found.filename)}"
    return _guarded(response, found)


def _guarded(response: HttpResponse, found: Document) -> HttpResponse:
    response.headers["ETag"] = etag_of(found)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = GUARD if found.content_type == PDF else SANDBOX
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def etag_of(found: Document) -> str:
    return f'"{found.sha256}"'


@require_safe
@requires(KEYS)
def licence_keys(_: HttpRequest) -> HttpResponse:
    """Publish the keys that licence codes are checked with, also without a line (tools/verify_qr.py)."""
    pem = b"".join(codes.public_keys().values())
    response = HttpResponse(pem, content_type="application/x-pem-file")
    response.headers["Content-Disposition"] = 'attachment; filename="licence-keys.pem"'
    return response
