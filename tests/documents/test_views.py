from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from django.http import Http404
from django.test import RequestFactory

from hongdun.base.scope import acting
from hongdun.documents import codes, store, views
from tests.documents import builders
from tests.documents.test_documents import LIUZHOU, an_issue, an_upload, applicant, officer, verbs

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from hongdun.base.actor import Actor
    from hongdun.documents.models import Document

pytestmark = pytest.mark.django_db


def get(actor: Actor, document: Document, query: str = "", **headers: str) -> HttpResponse:
    request = RequestFactory().get(f"{document.get_absolute_url()}{query}", headers=headers)
    request.actor = actor
    with acting(actor):
        return views.download(request, document.id)


def test_the_owner_reads_the_very_bytes_under_guard() -> None:
    owner = applicant()
    document = an_upload(owner)
    response = get(owner, document)
    assert response.content == store.get(document.sha256)
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == f"inline; filename*=UTF-8''{quote('章程.pdf')}"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "sandbox" not in response.headers["Content-Security-Policy"]
    assert "private" in response.headers["Cache-Control"]


def test_a_picture_is_shown_in_a_sandbox() -> None:
    owner = applicant()
    response = get(owner, an_upload(owner, data=builders.png()))
    assert response.headers["Content-Security-Policy"].endswith("sandbox")


def test_anybody_may_have_the_keys_that_check_licence_codes(client: Client) -> None:
    token = codes.licence_token(builders.CLAIMS)
    response = client.get("/documents/licence-keys.pem")
    assert response.status_code == 200
    assert response.content.count(b"BEGIN PUBLIC KEY") == 1
    assert b"PRIVATE" not in response.content
    assert codes.verify_token(token) == builders.CLAIMS


def test_saving_and_revalidating() -> None:
    owner = applicant()
    document = an_upload(owner)
    assert get(owner, document, "?save=1").headers["Content-Disposition"].startswith("attachment")
    again = get(owner, document, **{"If-None-Match": f'"{document.sha256}"'})
    assert again.status_code == 304
    assert again.content == b""


def test_a_stranger_gets_nothing() -> None:
    document = an_upload(applicant())
    for actor in (applicant(), officer(LIUZHOU)):
        with pytest.raises(Http404, match="无权查看"):
            get(actor, document)
    assert verbs(document) == ["document.uploaded"]


def test_an_officers_reading_is_recorded() -> None:
    document = an_issue(officer(), person=applicant().person)
    assert get(officer(), document).content.startswith(b"%PDF")
    assert verbs(document) == ["document.issued", "document.read"]


def test_a_damaged_file_is_not_handed_out() -> None:
    owner = applicant()
    document = an_upload(owner)
    store.path(document.sha256).write_bytes(builders.pdf())
    response = get(owner, document)
    assert response.status_code == 503
    assert "从备份恢复" in response.content.decode()


def test_without_signing_in_one_is_asked_to(client: Client) -> None:
    document = an_upload(applicant())
    response = client.get(document.get_absolute_url())
    assert response.status_code == 302
    assert "/account/login/" in response.headers["Location"]
