"""Files from outside are shown to the virus scanner; a small clamd of the test answers as the real one does."""

from __future__ import annotations

import json
import socketserver
import threading
from typing import TYPE_CHECKING

import pytest

from hongdun.base.actor import Actor
from hongdun.base.ids import uuid7
from hongdun.base.scope import acting, system_scope
from hongdun.documents import actions, queries, scanning
from hongdun.documents.errors import Isolated, UploadRefused
from hongdun.documents.models import Document, Scan
from tests.documents import builders
from tests.org.builders import QINGXIU

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.conf import LazySettings

pytestmark = pytest.mark.django_db
# The marker stands in for a virus; the standard test string would alarm the scanners of who keeps this file.
THREAT = builders.pdf(3)
WHO = Actor(name="韦小红", kind="applicant", person=uuid7())


class Clamd(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        told = b""
        while size := int.from_bytes(self.rfile.read(4), "big"):
            told += self.rfile.read(size)
        found = b"Test.Marker FOUND" if told == THREAT else b"OK"
        self.wfile.write(b"stream: " + found + b"\0")


@pytest.fixture
def scanner(tmp_path: Path, settings: LazySettings) -> Iterator[None]:
    address = tmp_path / "clamd"
    with socketserver.ThreadingUnixStreamServer(str(address), Clamd) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.SCANNER = f"unix:{address}"
        yield
        server.shutdown()


@pytest.fixture
def silent(tmp_path: Path, settings: LazySettings) -> None:
    settings.SCANNER = f"unix:{tmp_path / 'nobody'}"


def upload(data: bytes) -> Document:
    with acting(WHO):
        return actions.store_upload(
            data, actor=WHO, kind="charter", title="章程", filename="章程.pdf", person=WHO.person
        )


@pytest.mark.usefixtures("scanner")
def test_a_clean_file_is_kept_and_marked() -> None:
    assert upload(builders.pdf()).scan == Scan.CLEAN


@pytest.mark.usefixtures("scanner")
def test_a_threat_is_refused_and_isolated(settings: LazySettings) -> None:
    with pytest.raises(UploadRefused, match=r"Test\.Marker"):
        upload(THREAT)
    [note] = (settings.HONGDUN_HOME / "quarantine").glob("*.json")
    assert json.loads(note.read_text())["filename"] == "章程.pdf"
    assert note.with_suffix("").read_bytes() == THREAT
    with acting(WHO):
        assert not Document.objects.exists()


def test_without_a_scanner_nothing_is_asked() -> None:
    assert upload(THREAT).scan == Scan.NONE


@pytest.mark.usefixtures("silent")
def test_while_the_scanner_is_silent_people_still_file(
    settings: LazySettings, request: pytest.FixtureRequest
) -> None:
    clean, bad = upload(builders.pdf()), upload(THREAT)
    with acting(WHO):
        actions.attach({clean.id, bad.id}, actor=WHO, case_id=uuid7(), organ=QINGXIU)
    with system_scope("任务") as actor:
        assert actions.scan_due(actor=actor) == 0
    request.getfixturevalue("scanner")
    with system_scope("任务") as actor:
        assert actions.scan_due(actor=actor) == 2
        assert actions.scan_due(actor=actor) == 0
    with acting(WHO):
        clean.refresh_from_db()
        bad.refresh_from_db()
        assert queries.content(clean)
        with pytest.raises(Isolated, match="隔离"):
            queries.content(bad)


@pytest.mark.parametrize("answer", [b"", b"INSTREAM size limit exceeded. ERROR"])
def test_an_answer_that_is_none_counts_as_silence(answer: bytes) -> None:
    with pytest.raises(scanning.ScannerSilent):
        scanning._read(answer)
