"""Following an entity, a name, an address: who hears of what, and how."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from hongdun.base.scope import acting, system_scope
from hongdun.exchange.actions import follows as actions
from hongdun.exchange.handlers import mail_daily
from hongdun.exchange.models import Follow, Follower, Match
from hongdun.lib.particulars import Domicile
from hongdun.parties import actions as parties
from tests.exchange.builders import deliver
from tests.exchange.jobs import work
from tests.org.builders import enter
from tests.parties.builders import an_applicant
from tests.register.builders import changed, founded

if TYPE_CHECKING:
    from django.core.mail import EmailMessage

    from hongdun.base.actor import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]
ATOM = {"a": "http://www.w3.org/2005/Atom"}
MINSHENG = Domicile("南宁市兴宁区民生路1号", "450102")
ELSEWHERE = Domicile("南宁市青秀区民族大道2号", "450103")


@pytest.fixture
def me() -> Actor:
    return an_applicant()


@pytest.fixture
def client(me: Actor) -> Client:
    found = Client()
    enter(found, me)
    return found


def follows(me: Actor, kind: str, words: str) -> Follow:
    with acting(me):
        return actions.follow_words(kind, words, actor=me)


def heard(of: Follow) -> list[int]:
    with system_scope("测试"):
        return list(Match.objects.filter(follow=of).order_by("position").values_list("position", flat=True))


def entries(client: Client, address: str) -> list[str]:
    answer = client.get(address.removeprefix("http://127.0.0.1:8000"))
    assert answer.status_code == 200
    return [str(each.text) for each in ET.fromstring(answer.content).findall("a:entry/a:title", ATOM)]


def test_an_entity_is_followed_from_its_page(client: Client) -> None:
    one, other = founded(), founded(name="柳州红豆商贸有限公司")
    deliver()
    assert "关注这家企业" in client.get(f"/follow/?entity={one.uscc}").content.decode()
    client.post("/follow/entity/", {"uscc": one.uscc.lower()})
    changed(one, date(2020, 1, 1), representative="韦一")
    changed(other, date(2020, 1, 1), representative="韦二")
    deliver()
    page = client.get(f"/follow/?entity={one.uscc}").content.decode()
    assert "您已关注这家企业" in page
    assert "变更登记：法定代表人（负责人）" in page
    assert "柳州红豆" not in page
    [follow] = _all()
    client.post(f"/follow/{follow.pk}/stop/")
    assert "还没有关注" in client.get("/follow/").content.decode()


def _all() -> list[Follow]:
    with system_scope("测试"):
        return list(Follow.objects.all())


def test_words_of_a_name_are_met_by_new_and_changed_names_only(me: Actor) -> None:
    one = follows(me, "name", "红豆 南宁")
    founded(name="南宁邕江红豆商贸有限公司")  # 1: yes
    founded(name="柳州红豆商贸有限公司")  # 2: no 南宁
    third = founded(name="南宁绿豆商贸有限公司")  # 3: no 红豆
    changed(third, date(2020, 1, 1), name="南宁大红豆商贸有限公司")  # 4: yes
    changed(third, date(2021, 1, 1), representative="韦一")  # 5: the name stays
    deliver()
    assert heard(one) == [1, 4]


def test_letters_are_met_whatever_their_case(me: Actor) -> None:
    one = follows(me, "name", "abc")
    founded(name="南宁ＡＢＣ商贸有限公司".translate({0xFF21: "A", 0xFF22: "b", 0xFF23: "C"}))
    deliver()
    assert heard(one) == [1]


def test_words_of_an_address(me: Actor) -> None:
    one = follows(me, "address", "兴宁区 民生路")
    moving = founded(domicile=ELSEWHERE)  # 1
    changed(moving, date(2020, 1, 1), domicile=MINSHENG)  # 2: yes
    changed(moving, date(2021, 1, 1), representative="韦一")  # 3
    deliver()
    assert heard(one) == [2]


@pytest.mark.parametrize(
    ("kind", "words", "told"),
    [
        ("name", "红", "至少两个字"),
        ("name", "红豆 a", "至少两个字"),
        ("address", "南宁", "范围太大"),
        ("name", " ", "请填写"),
        ("person", "红豆", "没有这个选项"),
    ],
)
def test_words_that_are_too_few_are_refused(client: Client, kind: str, words: str, told: str) -> None:
    answer = client.post("/follow/words/", {"kind": kind, "words": words})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert _all() == []


def test_so_many_and_no_more(me: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST", 2)
    first = follows(me, "name", "红豆")
    follows(me, "name", "绿豆")
    assert follows(me, "name", "红豆").pk == first.pk
    with pytest.raises(actions.FollowError, match="最多关注 2 项"):
        follows(me, "name", "黑豆")


def test_a_change_looks_only_at_those_whose_rarest_piece_it_holds(me: Actor) -> None:
    """Many follow 有限公司 with one more word; each is found by that word, not by the common ones."""
    for number in range(30):
        follows(me, "name", f"有限公司 {number:02d}号红")
    keys = [each.key for each in _all()]
    assert max(keys.count(key) for key in keys) <= 8
    assert all(each.key in "".join(each.words) for each in _all())


def test_nobody_sees_or_stops_anothers(client: Client) -> None:
    other = an_applicant(2, name="王秀兰")
    theirs = follows(other, "name", "红豆")
    assert "红豆" not in client.get("/follow/").content.decode().split("关注名称或者住所")[0]
    assert client.post(f"/follow/{theirs.pk}/stop/").status_code == 404
    assert _all() == [theirs]


def test_the_daily_e_mail_holds_what_is_new(
    me: Actor, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    one = founded()
    deliver()
    client.post("/follow/entity/", {"uscc": one.uscc})
    client.post("/follow/mail/", {"mail": "daily", "email": "li@example.cn"})
    changed(one, date(2020, 1, 1), representative="韦一")
    work()
    assert mailoutbox == []
    for _ in range(2):
        with system_scope("测试"):
            mail_daily()
        work()
    [sent] = mailoutbox
    assert (sent.to, sent.subject) == (["li@example.cn"], "您关注的登记有 1 项变更")
    assert f"/entity/{one.uscc}/" in str(sent.body)
    assert "变更登记：法定代表人（负责人）" in str(sent.body)


def test_e_mail_at_once_comes_with_the_change_and_none_with_none(
    me: Actor, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    one = founded()
    deliver()
    client.post("/follow/entity/", {"uscc": one.uscc})
    with system_scope("测试"):
        parties.update_person(me.person, email="li@example.cn", actor=me)  # type: ignore[arg-type]
    for mail, wanted in (("at_once", 1), ("none", 1), ("at_once", 2)):
        client.post("/follow/mail/", {"mail": mail, "email": ""})
        changed(one, date(2020, 1, 1 + len(mailoutbox) + wanted), representative=f"韦{mail}{wanted}")
        work()
        assert len(mailoutbox) == wanted
    assert mailoutbox[-1].subject == "您关注的登记有 1 项变更"


def test_without_a_mailbox_e_mail_cant_be_chosen(client: Client) -> None:
    answer = client.post("/follow/mail/", {"mail": "daily", "email": ""})
    assert answer.status_code == 422
    assert "请填写电子邮箱" in answer.content.decode()
    assert client.post("/follow/mail/", {"mail": "none", "email": ""}).status_code == 302


def test_the_secret_feed_shows_what_is_followed_until_it_is_renewed(me: Actor, client: Client) -> None:
    follows(me, "name", "红豆")
    founded()
    deliver()
    from hongdun.exchange.queries.follows import feed_address

    with system_scope("测试"):
        address = feed_address(Follower.objects.get())
    assert entries(Client(), address) == ["南宁邕江红豆商贸有限公司：设立登记"]
    assert str(me.person) not in address
    client.post("/follow/feed/renew/")
    old = address.removeprefix("http://127.0.0.1:8000")
    assert Client().get(old).status_code == 404
    with system_scope("测试"):
        assert entries(Client(), feed_address(Follower.objects.get()))


def test_anybody_reads_the_feed_of_an_entity() -> None:
    one = founded()
    changed(one, date(2020, 1, 1), name="南宁邕江绿豆商贸有限公司")
    deliver()
    address = f"/entity/{one.uscc}/feed.atom"
    assert entries(Client(), address) == ["变更登记：名称", "设立登记"]
    first = Client().get(address)
    assert Client().get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert Client().get("/entity/none/feed.atom").status_code == 404
