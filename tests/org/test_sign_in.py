from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from hongdun.audit.models import Event
from hongdun.base.clock import today
from hongdun.base.scope import system_scope
from hongdun.org import actions
from hongdun.org.models import Attempts, Credential, Officer, Post, Role
from tests.org.builders import (
    LIUZHOU_CHENGZHONG,
    PASSWORD,
    QINGXIU,
    TOTP,
    a_post,
    an_officer,
    code_now,
    sign_in,
)

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _still_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """One-time codes of a fixed moment: half a minute may end in the middle of a slow test."""
    monkeypatch.setattr(actions, "time", lambda: 1_800_000_015.0)


def verbs() -> list[str]:
    with system_scope("测试"):
        return list(Event.objects.order_by("at").values_list("verb", flat=True))


def test_password_then_code_opens_the_desk(client: Client) -> None:
    a_post(an_officer("qx.a"))
    answer = client.post("/desk/login/", {"login": "qx.a", "password": PASSWORD, "next": "/desk/post/"})
    assert answer["Location"] == "/desk/login/code/"
    before = client.session.session_key
    answer = client.post("/desk/login/code/", {"code": code_now()})
    assert answer["Location"] == "/desk/post/"
    assert client.session.session_key != before
    assert "officer.signed_in" in verbs()
    assert client.get("/desk/post/").wsgi_request.actor.organ == QINGXIU


def test_a_session_key_known_before_log_in_is_worthless_after(client: Client) -> None:
    a_post(an_officer("qx.a"))
    client.get("/desk/login/")
    client.post("/desk/login/", {"login": "qx.a", "password": PASSWORD})
    known = client.cookies["sessionid"].value
    client.post("/desk/login/code/", {"code": code_now()})
    client.cookies["sessionid"] = known
    assert client.get("/desk/post/").status_code == 302


def test_a_code_serves_once(client: Client) -> None:
    a_post(an_officer("qx.a"))
    sign_in(client, "qx.a")
    client.post("/desk/logout/")
    client.post("/desk/login/", {"login": "qx.a", "password": PASSWORD})
    answer = client.post("/desk/login/code/", {"code": code_now()})
    assert "已经用过" in answer.content.decode()


@pytest.mark.parametrize("later", [-1, 0, 1])
def test_a_clock_may_be_half_a_minute_wrong(client: Client, later: int) -> None:
    a_post(an_officer("qx.a"))
    sign_in(client, "qx.a", later=later)


@pytest.mark.parametrize("login", ["qx.a", "nobody"])
def test_five_failures_lock_and_unknown_names_lock_alike(client: Client, login: str) -> None:
    a_post(an_officer("qx.a"))
    wrong = {"login": login, "password": "wrong"}
    answers = [client.post("/desk/login/", wrong).content.decode() for _ in range(5)]
    assert all("登录名或口令不正确" in answer for answer in answers)
    locked = client.post("/desk/login/", wrong | {"password": PASSWORD}).content.decode()
    assert "已暂停登录" in locked
    assert verbs().count("sign_in.failed") == 4
    assert verbs().count("sign_in.locked") == 1


def test_an_address_is_locked_whatever_names_it_tries(client: Client) -> None:
    a_post(an_officer("qx.a"))
    for number in range(5):
        client.post("/desk/login/", {"login": f"guess{number}", "password": "wrong"})
    answer = client.post("/desk/login/", {"login": "qx.a", "password": PASSWORD})
    assert "已暂停登录" in answer.content.decode()
    elsewhere = client.post("/desk/login/", {"login": "qx.a", "password": PASSWORD}, REMOTE_ADDR="10.0.0.9")
    assert elsewhere.status_code == 302


def test_wrong_codes_lock_even_between_right_passwords(client: Client) -> None:
    a_post(an_officer("qx.a"))
    for _ in range(5):
        client.post("/desk/login/", {"login": "qx.a", "password": PASSWORD})
        client.post("/desk/login/code/", {"code": "000000"})
    answer = client.post("/desk/login/", {"login": "qx.a", "password": PASSWORD})
    assert "已暂停登录" in answer.content.decode()


def test_the_lock_opens_by_itself(client: Client) -> None:
    a_post(an_officer("qx.a"))
    for _ in range(5):
        client.post("/desk/login/", {"login": "qx.a", "password": "wrong"})
    with system_scope("测试"):
        for row in Attempts.objects.all():
            row.locked_until -= timedelta(minutes=16)
            row.last -= timedelta(minutes=16)
            row.save()
    sign_in(client, "qx.a")
    with system_scope("测试"):
        assert not Attempts.objects.exists()


def test_an_ended_post_is_powerless_at_the_next_request(client: Client) -> None:
    post = a_post(an_officer("qx.a"))
    sign_in(client, "qx.a")
    with system_scope("测试") as actor:
        actions.end_post(post=post, last_day=today() - timedelta(days=1), reason="调离", actor=actor)
    assert client.get("/desk/post/").wsgi_request.actor is None


@pytest.mark.parametrize(
    ("starts", "ends", "usable"), [(-2, -1, False), (0, None, True), (0, 0, True), (1, None, False)]
)
def test_posts_count_from_first_to_last_day(
    client: Client, starts: int, ends: int | None, *, usable: bool
) -> None:
    end = None if ends is None else today() + timedelta(days=ends)
    a_post(an_officer("qx.a"), valid_from=today() + timedelta(days=starts), valid_to=end)
    sign_in(client, "qx.a")
    assert (client.get("/desk/post/").wsgi_request.actor is not None) is usable


def test_several_posts_ask_for_one_and_switching_is_audited(client: Client) -> None:
    officer, absent = an_officer("qx.a"), an_officer("qx.b", name="李四")
    own = a_post(officer)
    acting = a_post(officer, Role.APPROVER, organ=LIUZHOU_CHENGZHONG, on_behalf_of=absent, valid_to=today())
    sign_in(client, "qx.a")
    page = client.get("/desk/post/")
    assert page.wsgi_request.actor is None
    assert "代理" in page.content.decode()
    for post in (own, acting):
        before = client.session.session_key
        client.post("/desk/post/", {"post": str(post.id)})
        assert client.session.session_key != before
        assert client.get("/desk/post/").wsgi_request.actor.organ == post.organ_id
    assert verbs().count("officer.took_post") == 2


def test_another_officers_post_cannot_be_taken(client: Client) -> None:
    a_post(an_officer("qx.a"))
    theirs = a_post(an_officer("qx.b"), Role.HEAD)
    sign_in(client, "qx.a")
    client.post("/desk/post/", {"post": str(theirs.id)})
    assert client.get("/desk/post/").wsgi_request.actor.roles == {"examiner"}


def test_idle_keeps_the_typed_text(client: Client) -> None:
    a_post(an_officer("qx.a"))
    sign_in(client, "qx.a")
    _age_seat(client, seen=901)
    answer = client.post("/desk/people/", {"reason": "住所<证明>不符"})
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "重新提交" in page
    assert "住所&lt;证明&gt;不符" in page
    assert client.get("/desk/post/")["Location"] == "/desk/login/"
    assert "没有操作" in client.get("/desk/login/").content.decode()


def test_what_was_typed_before_a_long_weekend_is_there_after_it(client: Client) -> None:
    a_post(an_officer("qx.a"))
    sign_in(client, "qx.a")
    cookie = client.cookies["sessionid"]
    assert int(cookie["max-age"]) >= 3 * 24 * 3600, "浏览器忘了是谁，就只会转到登录页"
    _age_seat(client, seen=3 * 24 * 3600, since=3 * 24 * 3600)
    answer = client.post("/desk/people/", {"reason": "住所证明不符"})
    assert answer.status_code == 401
    assert "住所证明不符" in answer.content.decode()


def test_who_was_idle_logs_in_again_at_the_same_browser(client: Client) -> None:
    a_post(an_officer("qx.a"))
    sign_in(client, "qx.a")
    _age_seat(client, seen=901)
    client.get("/desk/")
    client.post("/desk/login/", {"login": "qx.a", "password": PASSWORD})
    answer = client.post("/desk/login/code/", {"code": code_now(later=1)})
    assert answer["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200


def test_an_ended_session_is_no_obstacle_to_what_strangers_may_send(client: Client) -> None:
    a_post(an_officer("qx.a"))
    sign_in(client, "qx.a")
    _age_seat(client, seen=901)
    assert client.post("/12315/new/")["Location"] == "/12315/new/kinds/"


def test_eight_hours_end_a_busy_session_too(client: Client) -> None:
    a_post(an_officer("qx.a"))
    sign_in(client, "qx.a")
    _age_seat(client, since=8 * 3600 + 1)
    assert client.get("/desk/post/").status_code == 302


def test_log_out_takes_a_post_request(client: Client) -> None:
    a_post(an_officer("qx.a"))
    sign_in(client, "qx.a")
    assert client.get("/desk/logout/").status_code == 405
    client.post("/desk/logout/")
    assert client.get("/desk/post/").status_code == 302


def test_next_stays_on_our_own_site(client: Client) -> None:
    a_post(an_officer("qx.a"))
    client.post("/desk/login/", {"login": "qx.a", "password": PASSWORD, "next": "https://evil.example/"})
    assert client.post("/desk/login/code/", {"code": code_now()})["Location"] == "/desk/"


def test_an_officer_costs_one_query_a_request(client: Client, django_assert_num_queries: object) -> None:
    from hongdun.base import seat as seats
    from hongdun.org.middleware import OfficerMiddleware

    a_post(an_officer("qx.a"))
    sign_in(client, "qx.a")
    request = client.get("/desk/post/").wsgi_request
    assert seats.of(request, "officer")
    with django_assert_num_queries(1):  # type: ignore[operator]
        OfficerMiddleware(lambda _: None)(request)  # type: ignore[arg-type,return-value]


def test_the_second_factor_is_sealed_and_nobody_elses() -> None:
    officer = an_officer("qx.a")
    with system_scope("测试"), connection.cursor() as cursor:
        cursor.execute("SELECT totp FROM org_credential")
        assert b"JBSW" not in bytes(cursor.fetchone()[0])
        assert Credential.objects.get().totp == TOTP
    assert Officer.objects.get() == officer
    assert Post.objects.count() == 0


def test_a_changed_password_ends_the_other_sessions(client: Client) -> None:
    a_post(an_officer("qx.a"))
    sign_in(client, "qx.a", later=-1)
    other = client.__class__()
    sign_in(other, "qx.a")
    new = {"present": PASSWORD, "password": "another long phrase", "again": "another long phrase"}
    wrong = client.post("/desk/password/", new | {"present": "wrong"}).content.decode()
    assert "现在的口令不正确" in wrong
    assert client.post("/desk/password/", new)["Location"] == "/desk/post/"
    assert client.get("/desk/post/").wsgi_request.actor is not None
    assert other.get("/desk/post/").wsgi_request.actor is None
    assert "officer.password_changed" in verbs()
    client.post("/desk/logout/")
    assert client.post("/desk/login/", {"login": "qx.a", "password": PASSWORD}).status_code == 200
    assert (
        client.post("/desk/login/", {"login": "qx.a", "password": "another long phrase"}).status_code == 302
    )


def _age_seat(client: Client, *, seen: int = 0, since: int = 0) -> None:
    session = client.session
    seat = session["seat"]
    session["seat"] = seat | {"seen": seat["seen"] - seen, "since": seat["since"] - since}
    session.save()
