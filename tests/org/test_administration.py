from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from hongdun.audit.models import Event
from hongdun.base.clock import today
from hongdun.base.scope import system_scope
from hongdun.org.models import Credential, Officer, Post
from tests.org.builders import (
    LIUZHOU_CHENGZHONG,
    NANHU_STATION,
    NANNING,
    PASSWORD,
    QINGXIU,
    a_post,
    an_actor,
    an_officer,
    enter,
    sign_in,
)

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> Client:
    enter(client, an_actor("admin", organ=QINGXIU, login="qx.admin"))
    return client


def verbs() -> set[str]:
    with system_scope("测试"):
        return set(Event.objects.values_list("verb", flat=True))


def test_the_list_shows_the_range_and_finds_by_name(admin: Client) -> None:
    an_officer("nh.one", name="卢海峰", organ=NANHU_STATION)
    an_officer("lz.one", name="石文斌", organ=LIUZHOU_CHENGZHONG)
    page = admin.get("/desk/officers/").content.decode()
    assert "卢海峰" in page
    assert "石文斌" not in page
    assert "卢海峰" not in admin.get("/desk/officers/?q=石").content.decode()
    assert "卢海峰" in admin.get("/desk/officers/?q=海峰").content.decode()


def test_the_list_is_paged_both_ways(admin: Client) -> None:
    for number in range(60):
        an_officer(f"a{number:02}")
    first = admin.get("/desk/officers/").content.decode()
    assert "共 61 人" in first
    assert "a49" in first
    assert ">a50<" not in first
    assert ">a50<" in admin.get("/desk/officers/?after=a49").content.decode()
    assert ">a00<" in admin.get("/desk/officers/?before=a50").content.decode()


def test_a_new_officer_gets_secrets_once(admin: Client) -> None:
    form = {"login": "qx.new", "name": "新来的", "organ": QINGXIU}
    page = admin.post("/desk/officers/new/", form).content.decode()
    secret = re.search(r"[A-Z2-7]{32}", page)
    assert secret
    officer = Officer.objects.get(login="qx.new")
    with system_scope("测试"):
        credential = Credential.objects.get(officer=officer)
        assert credential.totp == secret[0]
        assert credential.password.startswith("argon2")
    admin.post(
        f"/desk/officers/{officer.id}/posts/", {"organ": QINGXIU, "role": "clerk", "valid_from": today()}
    )
    assert Post.objects.get(officer=officer).role == "clerk"
    assert {"officer.added", "post.added"} <= verbs()


@pytest.mark.parametrize("words", ["南湖所", "南宁市青秀区市场监督管理局南湖市场监督管理所", "450103004"])
def test_the_organ_of_a_post_is_named_in_words_or_by_its_code(admin: Client, words: str) -> None:
    officer = an_officer("qx.one")
    form = {"organ": words, "role": "station", "valid_from": today()}
    assert admin.post(f"/desk/officers/{officer.id}/posts/", form).status_code == 302
    assert officer.posts.get().organ_id == NANHU_STATION


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"organ": "城中区局"}, "不是您管理范围内的机关"),
        ({"organ": LIUZHOU_CHENGZHONG}, "不是您管理范围内的机关"),
        ({"organ": NANNING}, "不是您管理范围内的机关"),
        ({"acting": "on"}, "代理岗位须填写被代理人"),
        ({"acting": "on", "on_behalf_of": "qx.admin"}, "代理岗位须填写截止日期"),
        ({"on_behalf_of": "nobody"}, "没有登录名为"),
        ({"role": "king"}, "岗位中没有这个选项"),
        ({"valid_to": date(2020, 1, 1)}, "截止日期"),
    ],
)
def test_posts_that_cannot_be(admin: Client, change: dict[str, object], complaint: str) -> None:
    officer = an_officer("qx.one")
    form = {"organ": QINGXIU, "role": "clerk", "valid_from": today()} | change
    answer = admin.post(f"/desk/officers/{officer.id}/posts/", form)
    assert answer.status_code == 422
    assert complaint in answer.content.decode()
    assert not officer.posts.exists()


def test_the_same_post_twice_is_refused(admin: Client) -> None:
    officer = an_officer("qx.one")
    a_post(officer, "clerk")
    form = {"organ": QINGXIU, "role": "clerk", "valid_from": today()}
    assert "已有同样的岗位" in admin.post(f"/desk/officers/{officer.id}/posts/", form).content.decode()


def test_ending_a_post_takes_effect(admin: Client) -> None:
    post = a_post(an_officer("qx.one"))
    admin.post(f"/desk/posts/{post.id}/end/", {"last_day": today() - timedelta(days=1), "reason": "调离"})
    assert not Post.objects.on(today()).filter(id=post.id).exists()
    with system_scope("测试"):
        assert Event.objects.get(verb="post.ended").reason == "调离"


def test_a_lost_phone(admin: Client) -> None:
    officer = an_officer("qx.one")
    a_post(officer)
    with system_scope("测试"):
        before = Credential.objects.get(officer=officer).totp
    assert admin.post(f"/desk/officers/{officer.id}/reset/", {"reason": ""}).status_code == 422
    admin.post(f"/desk/officers/{officer.id}/reset/", {"reason": "手机丢失"})
    with system_scope("测试"):
        after = Credential.objects.get(officer=officer).totp
    assert after != before
    officer.refresh_from_db()
    assert officer.stamp == 1
    assert "officer.factor_reset" in verbs()


def test_unlocking(admin: Client) -> None:
    a_post(an_officer("qx.one"))
    other = admin.__class__()
    for number in range(5):
        other.post("/desk/login/", {"login": "qx.one", "password": "wrong"}, REMOTE_ADDR=f"10.0.0.{number}")
    right = {"login": "qx.one", "password": PASSWORD}
    assert other.post("/desk/login/", right, REMOTE_ADDR="10.0.1.1").status_code == 200
    admin.post(f"/desk/officers/{Officer.objects.get(login='qx.one').id}/unlock/")
    sign_in(other, "qx.one")


def test_log_ins_belong_to_the_employing_bureau(admin: Client) -> None:
    guest = an_officer("lz.guest", organ=LIUZHOU_CHENGZHONG)
    a_post(guest, "clerk", organ=QINGXIU)
    assert admin.get(f"/desk/officers/{guest.id}/").status_code == 200
    assert admin.post(f"/desk/officers/{guest.id}/unlock/").status_code == 404
    assert admin.post(f"/desk/officers/{guest.id}/reset/", {"reason": "x"}).status_code == 404


def test_only_administrators(client: Client) -> None:
    enter(client, an_actor("head", organ=QINGXIU))
    assert client.get("/desk/officers/").status_code == 403
