from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from hongdun.base.clock import today
from hongdun.org import actions
from hongdun.org.models import Officer
from tests.org.builders import an_actor

pytestmark = pytest.mark.django_db


def found(login: str = "gx.first") -> str:
    out = StringIO()
    call_command("first_admin", login=login, name="周晓红", stdout=out)
    return out.getvalue()


def test_the_first_administrator_may_log_in_and_administers_the_region() -> None:
    password = re.search(r"口令　+(\S+)", found())
    assert password
    officer = actions.prove_password(login="gx.first", password=password[1], address="192.0.2.1")
    [post] = officer.posts.on(today())
    assert (post.role, post.organ_id) == ("admin", 450000000)


def test_there_is_no_second_first_administrator() -> None:
    found()
    with pytest.raises(CommandError, match="已有系统管理员"):
        found("gx.other")
    assert not Officer.objects.filter(login="gx.other").exists()


def test_a_login_that_is_taken_is_refused() -> None:
    an_actor("clerk", login="gx.first")
    with pytest.raises(CommandError, match="已有人使用"):
        found()
