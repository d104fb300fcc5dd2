"""Officers and posts as tests need them, made the way the product makes them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import pyotp
from django.contrib.auth.hashers import make_password

from hongdun.base import seat as seats
from hongdun.base.scope import system_scope
from hongdun.org import actions, queries
from hongdun.org.models import Officer, Post, Role

if TYPE_CHECKING:
    from datetime import date

    from django.test import Client

    from hongdun.base.actor import Actor

REGION = 450_000_000
NANNING = 450_100_000
QINGXIU = 450_103_000
XINGNING = 450_102_000
NANHU_STATION = 450_103_004
LIUZHOU = 450_200_000
LIUZHOU_CHENGZHONG = 450_202_000
PASSWORD = "correct horse 甲乙丙"
HASH = make_password(PASSWORD)
TOTP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def an_officer(login: str, *, name: str = "张三", organ: int = QINGXIU) -> Officer:
    with system_scope("测试") as actor:
        return actions.add_officer(login=login, name=name, organ=organ, password=HASH, totp=TOTP, actor=actor)


def a_post(
    officer: Officer,
    role: str = Role.EXAMINER,
    *,
    organ: int | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    on_behalf_of: Officer | None = None,
) -> Post:
    post = Post(
        officer=officer,
        organ_id=organ or officer.organ_id,
        role=role,
        valid_to=valid_to,
        acting=on_behalf_of is not None,
        on_behalf_of=on_behalf_of,
    )
    if valid_from:
        post.valid_from = valid_from
    with system_scope("测试") as actor:
        return actions.add_post(post=post, actor=actor)


def an_actor(role: str = Role.EXAMINER, *, organ: int = QINGXIU, login: str = "") -> Actor:
    """An officer with one post of this role at this organ."""
    officer = an_officer(login or f"{role}.{organ}", organ=organ)
    return queries.actor_for(a_post(officer, role))


def code_now(*, later: int = 0) -> str:
    """The one-time code of now, or of some steps later (a code serves once)."""
    totp = pyotp.TOTP(TOTP)
    return totp.generate_otp(actions.step_now() + later)


def sign_in(client: Client, login: str, *, later: int = 0) -> None:
    client.post("/desk/login/", {"login": login, "password": PASSWORD})
    answer = client.post("/desk/login/code/", {"code": code_now(later=later)})
    assert answer.status_code == 302, answer.content.decode()


def enter(client: Client, actor: Actor) -> None:
    """Put the actor on the seat without the log-in pages, which have tests of their own."""
    assert actor.person
    kind = "officer" if actor.kind == "officer" else "applicant"
    seat = seats.new(kind, actor.person, stamp=0, post=actor.post, name=actor.name)
    session = client.session
    session[seats.SEAT] = asdict(seat)
    session.save()
