"""Persons outside with numbers that pass the check and belong to nobody (born 1900)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.base.actor import Actor
from hongdun.lib import residents
from hongdun.parties import actions

if TYPE_CHECKING:
    from django.test import Client

    from hongdun.parties.models import Account

PASSWORD = "a phrase 好记的话"


def id_number(serial: int = 1) -> str:
    body = f"45010319000101{serial:03d}"
    return body + residents.check_character(body)


def phone(serial: int = 1) -> str:
    return f"199{serial:08d}"


def an_account(serial: int = 1, *, name: str = "李建国") -> Account:
    return actions.register_account(
        name=name, id_number=id_number(serial), phone=phone(serial), password=PASSWORD
    )


def an_applicant(serial: int = 1, *, name: str = "李建国") -> Actor:
    account = an_account(serial, name=name)
    return Actor(name, "applicant", account.person_id)


def sign_in(client: Client, serial: int = 1) -> None:
    answer = client.post("/account/login/", {"phone": phone(serial), "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
