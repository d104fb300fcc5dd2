"""From a call to the case that comes of it, who hears its recording there, and ringing back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from hongdun.audit.models import Event
from hongdun.base.ids import uuid7
from hongdun.base.scope import acting, system_scope
from hongdun.calls import actions, tickets
from hongdun.calls.models import Call, Recording
from hongdun.consumer import actions as consumer
from hongdun.consumer.actions import telephone
from hongdun.consumer.models import Kind
from hongdun.outbox.actions import dispatch, sequence
from hongdun.parties.queries import involved_in
from tests.calls.builders import a_call, a_request
from tests.cases import builders as make
from tests.consumer import builders as build
from tests.org.builders import LIUZHOU, NANNING, an_actor, enter

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.db15]


def filed_from(call: Call, *kinds: Kind) -> list[Case]:
    """What the operator at the telephone registers while the caller speaks, told to whoever listens."""
    clerk = build.operator()
    with system_scope("测试"):
        heard = telephone.keep(call.pk)
    filing = replace(build.FILING, kinds=frozenset(kinds))
    contact = build.contact(clerk, follows=heard)
    with acting(clerk):
        opened = consumer.submit(contact, filing, actor=clerk)
    tell()
    return opened


def tell() -> None:
    sequence()
    while dispatch():
        pass


def sitting(actor: Actor) -> Client:
    client = Client()
    enter(client, actor)
    return client


def linked() -> tuple[Call, Case, Recording]:
    call = a_call()
    with system_scope("测试"):
        actions.end(call, by="caller")
        recording = actions.keep_sound(call, b"RIFF sound", seconds=1.5)
    [case] = filed_from(call, Kind.COMPLAINT)
    return call, case, recording


def test_a_call_knows_the_case_that_came_of_it() -> None:
    call, case, _ = linked()
    with system_scope("测试"):
        assert Call.objects.get(id=call.id).case_id == case.id
        assert Event.objects.get(verb="call.linked").case_id == case.id
        actions.link(call.id, case_id=uuid7())
        assert Call.objects.get(id=call.id).case_id == case.id, "the first one stays"


@pytest.mark.parametrize("kinds", [(Kind.REPORT,), (Kind.COMPLAINT, Kind.REPORT)])
def test_a_voice_never_gives_a_reporter_away(kinds: tuple[Kind, ...]) -> None:
    call = a_call()
    filed_from(call, *kinds)
    with system_scope("测试"):
        assert Call.objects.get(id=call.id).case_id is None


def test_who_handles_the_case_hears_the_recording_with_a_reason() -> None:
    call, case, recording = linked()
    build.go(case, "route", "send", build.operator(), data={"route_to": str(build.COUNTY)})
    handler = sitting(make.officer("examiner", organ=build.COUNTY))
    page = handler.get(f"/cases/{case.number}/").content.decode()
    assert f'href="/desk/calls/{call.id}/"' in page
    assert handler.get(f"/desk/calls/{call.id}/").status_code == 200
    heard = handler.post(f"/desk/calls/recordings/{recording.id}/", {"reason": "核对陈述"})
    assert heard.status_code == 200
    with system_scope("测试"):
        event = Event.objects.get(verb="personal.read", reason="核对陈述")
        assert (event.case_id, event.organ) == (case.id, call.organ)


@pytest.mark.parametrize(("role", "organ"), [("examiner", build.SIBLING), ("clerk", LIUZHOU)])
def test_who_does_not_see_the_case_does_not_find_the_call(role: str, organ: int) -> None:
    call, case, recording = linked()
    build.go(case, "route", "send", build.operator(), data={"route_to": str(build.COUNTY)})
    stranger = sitting(make.officer(role, organ=organ))
    assert stranger.get(f"/desk/calls/{call.id}/").status_code == 404
    assert stranger.post(f"/desk/calls/recordings/{recording.id}/", {"reason": "看看"}).status_code == 404


def test_an_examiner_sees_no_calls_but_those_of_cases() -> None:
    call = a_call()
    examiner = sitting(an_actor("examiner", organ=NANNING))
    assert examiner.get(f"/desk/calls/{call.id}/").status_code == 404


def errand_of(answer: HttpResponse) -> str:
    return parse_qs(urlsplit(answer["Location"]).query)["errand"][0]


def test_the_list_of_call_backs_sends_the_softphone_on_its_errand() -> None:
    request, clerk = a_request(), an_actor("clerk", organ=NANNING)
    client = sitting(clerk)
    page = client.get("/desk/calls/callbacks/").content.decode()
    assert "138****8000" in page
    assert "13800138000" not in page
    answer = client.post(f"/desk/calls/callbacks/{request.id}/dial/")
    assert clerk.person
    token = errand_of(answer)
    assert tickets.errand(token, officer=clerk.person).request == request.id
    with pytest.raises(PermissionError, match="别人"):
        tickets.errand(token, officer=uuid7())
    with pytest.raises(PermissionError, match="过期"):
        tickets.errand(token[:-2], officer=clerk.person)


def test_another_citys_list_is_its_own() -> None:
    request = a_request()
    other = sitting(an_actor("clerk", organ=LIUZHOU))
    assert str(request.id) not in other.get("/desk/calls/callbacks/").content.decode()
    assert other.post(f"/desk/calls/callbacks/{request.id}/dial/").status_code == 404


def test_to_call_back_no_more_needs_a_reason() -> None:
    request, client = a_request(), sitting(an_actor("clerk", organ=NANNING))
    address = f"/desk/calls/callbacks/{request.id}/give-up/"
    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.post(address, {"reason": "三次无人接听"}).status_code == 302
    assert str(request.id) not in client.get("/desk/calls/callbacks/").content.decode()
    with system_scope("测试"):
        assert Event.objects.get(verb="call.callback_given_up").reason == "三次无人接听"


def test_ringing_somebody_of_a_case_is_logged_like_reading_their_number() -> None:
    _, case, _ = linked()
    clerk = build.operator()
    with system_scope("测试"):
        [person] = [row.person_id for row in involved_in(case.id)]
    client = sitting(clerk)
    address = f"/desk/calls/cases/{case.id}/{person}/dial/"
    assert f'action="{address}"' in client.get(f"/cases/{case.number}/").content.decode()
    answer = client.post(address)
    assert clerk.person
    errand = tickets.errand(errand_of(answer), officer=clerk.person)
    assert (errand.case, errand.person) == (case.id, person)
    with system_scope("测试"):
        assert Event.objects.get(verb="personal.read").data == {"fields": ["phone"]}
    assert client.post(f"/desk/calls/cases/{uuid7()}/{person}/dial/").status_code == 404
