"""Closed complaints become public by default: when, what, when not; and nothing of who complained."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from hongdun.base import clock
from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.consumer.actions import odr, publishing
from hongdun.consumer.models import Kind
from hongdun.consumer.publicity.models import Publication
from hongdun.consumer.queries import publicity, standing
from hongdun.law import queries as law
from tests.cases import builders as make
from tests.consumer import builders as build
from tests.consumer.test_mediation import at_consent
from tests.org.builders import enter
from tests.portal.ahead import Counted, Fronted, page
from tests.portal.wsgi import ask
from tests.register.builders import founded

if TYPE_CHECKING:
    from django.test import Client

    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case
    from hongdun.register.models import Entity

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
SECRETS = (build.LISI.name, build.LISI.phone, build.LISI.address, "空调不制冷")


def closed(entity: Entity | None, **items: Any) -> tuple[Case, Actor]:
    """A complaint that was mediated in vain and closed; the approver who closed it."""
    shop = replace(build.SHOP, entity=entity.pk if entity else None)
    case, lead = at_consent(merchant=shop, object_class="10501", problem_class="quality", **items)
    build.go(case, "consent", "terminate", lead, grounds=("end_no_agreement",))
    build.go(case, "tell", "told", lead, data={"complainant_told": "sms", "merchant_told": "paper"})
    build.go(case, "review", "pass", make.officer("head", organ=build.COUNTY))
    approver = make.officer("approver", organ=build.COUNTY)
    build.go(case, "close", "close", approver)
    return case, approver


def published(case: Case) -> Publication | None:
    return Publication.objects.filter(case=case).first()


def on_show(case: Case) -> Publication:
    """As it is once the days of review are over."""
    with system_scope("测试"):
        Publication.objects.filter(case=case).update(shown_from=clock.today())
    return Publication.objects.get(case=case)


def test_a_closed_complaint_is_published_by_itself_after_the_days_of_review(client: Client) -> None:
    entity = founded()
    case, _ = closed(entity)
    row = published(case)
    assert row is not None
    assert row.shown_from == law.due("consumer_publicity", clock.today()).date > clock.today()
    assert standing.of(entity.pk).count == 0
    assert standing.section(entity) is None
    on_show(case)
    shown = client.get(f"/entity/{entity.uscc}/").content.decode()
    assert "终止调解" in shown
    assert "不表示经营者违法" in shown
    for address in (f"/entity/{entity.uscc}/", f"/entity/{entity.uscc}/complaints/"):
        answered = client.get(address).content.decode()
        assert "家用电器" in answered
        assert not [secret for secret in (*SECRETS, case.number) if secret in answered]


def test_what_is_shown_ends_with_its_last_day() -> None:
    entity = founded()
    row = on_show(closed(entity)[0])
    shown = Publication.objects.shown
    for day, seen in (
        (row.shown_from - timedelta(1), 0), (row.shown_from, 1), (row.shown_until, 1), (row.shown_until + timedelta(1), 0),
    ):  # fmt: skip
        assert shown(day).filter(pk=row.pk).count() == seen


@pytest.mark.parametrize("why", ["unnamed", "not_agreed"])
def test_rules_except_some_complaints(why: str) -> None:
    case, _ = closed(None) if why == "unnamed" else closed(founded(), may_publish=False)
    assert published(case) is None
    with system_scope("测试"):
        said = publicity.words(build.reload(case))
    assert publicity.ground(why)["label"] in said
    assert "第三十九条" in said


def test_before_the_rule_nothing_was_published() -> None:
    start = law.rule("consumer_publicity").valid_from
    assert publicity.period(start) is not None
    assert publicity.period(start - timedelta(1)) is None


def test_an_officer_who_decides_stops_it_on_a_ground_and_takes_that_back() -> None:
    entity = founded()
    case, approver = closed(entity)
    row = on_show(case)
    station = make.officer("station", organ=build.COUNTY)
    with acting(station), pytest.raises(cases.NotAllowed, match="核准人"):
        publishing.withhold(row, ground="secret", reason="涉及隐私", actor=station)
    with acting(approver):
        with pytest.raises(cases.Incomplete, match="情形"):
            publishing.withhold(row, ground="refused", reason="涉及隐私", actor=approver)
        publishing.withhold(row, ground="secret", reason="涉及隐私", actor=approver)
    assert standing.items(entity.pk) == []
    assert standing.of(entity.pk).count == 0
    with acting(approver):
        with pytest.raises(cases.Refused, match="已经停止"):
            publishing.withhold(row, ground="secret", reason="涉及隐私", actor=approver)
        publishing.show_again(row, reason="经复核可以公示", actor=approver)
    assert len(standing.items(entity.pk)) == 1


def test_the_page_beside_the_case_stops_publication(client: Client) -> None:
    case, approver = closed(founded())
    enter(client, approver)
    address = f"/desk/12315/more/{case.number}/"
    assert "公示：" in client.get(address).content.decode()
    empty = client.post(address, {"what": "withhold"})
    assert empty.status_code == 422
    given = {"what": "withhold", "withhold-ground": "malicious", "withhold-reason": "多次虚构事实"}
    assert client.post(address, given).status_code == 302
    assert "已停止公示" in client.get(address).content.decode()


def test_figures_count_the_year_and_the_settled() -> None:
    entity = founded()
    row = on_show(closed(entity)[0])
    with system_scope("测试"):
        for days, result in ((1, "settled"), (2, "odr_settled"), (400, "settled")):
            [other] = build.filed(build.operator(build.COUNTY), Kind.COMPLAINT)
            Publication.objects.create(
                case=other, entity=entity.pk, organ=build.COUNTY, result=result, closed=row.closed,
                shown_from=clock.today() - timedelta(days), shown_until=row.shown_until,
            )  # fmt: skip
    found = standing.of(entity.pk)
    assert (found.count, found.before, found.settled, found.by_odr, found.rate, found.growth) == (
        3,
        1,
        2,
        1,
        67,
        2,
    )


def test_the_kept_page_is_made_anew_when_a_complaint_is_withdrawn_or_the_merchant_joins() -> None:
    entity, behind = founded(), Counted()
    lane = Fronted(behind)
    case, approver = closed(entity)
    row = on_show(case)
    assert "终止调解" in ask(lane, page(entity)).body.decode()
    ask(lane, page(entity))
    assert behind.calls == 1
    with acting(approver):
        publishing.withhold(row, ground="wrong", reason="经营者异议成立", actor=approver)
    assert "终止调解" not in ask(lane, page(entity)).body.decode()
    with acting(approver):
        odr.join(entity, since=clock.today(), contact="客服部", actor=approver)
    assert "在线消费纠纷解决企业" in ask(lane, page(entity)).body.decode()
    assert behind.calls == 3
