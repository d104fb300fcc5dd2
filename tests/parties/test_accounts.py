from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection

from hongdun.audit.models import Event
from hongdun.base.scope import acting, system_scope
from hongdun.parties import actions, queries
from hongdun.parties.models import Person
from tests.parties.builders import PASSWORD, an_account, an_applicant, id_number, phone, sign_in

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db

ANSWERS = {
    "name": "李建国",
    "id_number": id_number(),
    "phone": "199 0000 0001",
    "password": PASSWORD,
    "again": PASSWORD,
}


def test_registering_signs_in(client: Client) -> None:
    answer = client.post("/account/register/", ANSWERS | {"next": "/account/login/"})
    assert answer["Location"] == "/account/login/"
    actor = client.get("/account/login/").wsgi_request.actor
    assert (actor.kind, actor.name, actor.range) == ("applicant", "李建国", (0, -1))
    with acting(actor):
        person = Person.objects.get()
        assert (person.phone, person.id_number) == (phone(), id_number())


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"id_number": "450103190001010011"}, "第 18 位（校验位）"),
        ({"id_number": "45010319000101"}, "现在有 14 位"),
        ({"phone": "1234"}, "手机号应为 11 位数字"),
        ({"password": "1234567890", "again": "1234567890"}, "太常见"),
        ({"again": "else"}, "两次填写的密码不一样"),
        ({"password": phone(), "again": phone()}, "不能是手机号"),
    ],
)
def test_what_is_wrong_is_said(client: Client, change: dict[str, str], complaint: str) -> None:
    assert complaint in client.post("/account/register/", ANSWERS | change).content.decode()
    with system_scope("测试"):
        assert not Person.objects.exists()


def test_a_phone_registers_once(client: Client) -> None:
    an_account()
    assert "已经注册" in client.post("/account/register/", ANSWERS).content.decode()


def test_log_in_and_out(client: Client) -> None:
    an_account()
    sign_in(client)
    assert client.get("/account/login/").wsgi_request.actor is not None
    client.post("/account/logout/")
    assert client.get("/account/login/").wsgi_request.actor is None


@pytest.mark.parametrize("known", [True, False])
def test_five_failures_lock_the_phone(client: Client, *, known: bool) -> None:
    if known:
        an_account()
    wrong = {"phone": phone(), "password": "wrong"}
    for _ in range(5):
        assert "手机号或密码不正确" in client.post("/account/login/", wrong).content.decode()
    locked = client.post("/account/login/", wrong | {"password": PASSWORD}, REMOTE_ADDR="10.0.0.9")
    assert "已暂停登录" in locked.content.decode()


def test_a_stopped_account_is_out_at_the_next_request(client: Client) -> None:
    account = an_account()
    sign_in(client)
    with system_scope("测试"):
        account.stamp += 1
        account.save()
    assert client.get("/account/login/").wsgi_request.actor is None


def test_nothing_personal_stands_in_the_tables() -> None:
    an_account()
    secrets = [id_number(), phone(), PASSWORD]
    with system_scope("测试"), connection.cursor() as cursor:
        for table in ("parties_person", "parties_account", "parties_password", "audit_event", "org_attempts"):
            cursor.execute(f"SELECT t::text, convert_to(t::text, 'UTF8') FROM {table} t")
            found = "".join(text for text, _ in cursor.fetchall())
            for secret in secrets:
                assert secret not in found
                assert secret.encode().hex() not in found


def test_one_person_stated_twice_is_found_by_the_number_and_stays_apart() -> None:
    one, two = an_applicant(1), an_applicant(2, name="王秀兰")
    with acting(one):
        first = actions.remember_person(name="陈思远", id_number=id_number(7), phone=phone(7))
        again = actions.remember_person(name="陈思远", id_number=id_number(7), phone=phone(8))
        assert again.id == first.id
    with acting(two):
        other = actions.remember_person(name="陈思远", id_number=id_number(7).lower(), phone=phone(9))
    assert queries.same_person(first.id_hash) == {first.id, other.id}
    assert first.id_type == "resident"
    with acting(two), pytest.raises(Person.DoesNotExist):
        actions.update_person(first.id, phone=phone(3))
    with acting(one):
        assert actions.update_person(first.id, phone=phone(3)).phone == phone(3)


def test_the_log_of_a_log_in_names_the_person() -> None:
    an_account()
    with system_scope("测试"):
        assert set(Event.objects.values_list("verb", flat=True)) == {"account.registered"}
