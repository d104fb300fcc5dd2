"""The access log tells of every request, also of those whose path holds Chinese, as the numbers of cases do."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from django.core.wsgi import get_wsgi_application

from hongdun.base.accesslog import Logged

if TYPE_CHECKING:
    from collections.abc import Callable

NUMBER = "青秀市监投字〔2026〕1号"


def environ(path: str) -> dict[str, Any]:
    """As a server gives it: bytes of the path as Latin-1 (PEP 3333)."""
    return {
        "REQUEST_METHOD": "GET", "PATH_INFO": path.encode().decode("latin-1"), "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000", "HTTP_HOST": "127.0.0.1:8000", "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(),
    }  # fmt: skip


def ignore(_status: str, _headers: list[tuple[str, str]], _: object = None, /) -> Callable[[bytes], object]:
    return len


@pytest.mark.django_db
@pytest.mark.parametrize("path", [f"/cases/{NUMBER}/", "/search/", "/没有/"])
def test_a_path_is_logged_as_it_is_read(path: str) -> None:
    lines: list[bytes] = []
    Logged(get_wsgi_application(), lines.append)(environ(path), ignore)
    assert json.loads(lines[0])["path"] == path


def test_a_path_that_is_no_text_is_logged_all_the_same() -> None:
    lines: list[bytes] = []
    Logged(lambda _environ, _start: [], lines.append)(environ("/") | {"PATH_INFO": "/\xff"}, ignore)
    assert json.loads(lines[0])["path"] == "/\ufffd"
