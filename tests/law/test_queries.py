from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from hongdun.law import queries
from hongdun.law.models import CalendarDay, Ground, RequiredDocument, Rule, Statute
from hongdun.lib.workdays import Due

pytestmark = [pytest.mark.django_db, pytest.mark.db15]


def test_working_days_of_autumn_2025() -> None:
    calendar = queries.calendar()
    assert calendar.add(date(2025, 9, 25), 3) == Due(date(2025, 9, 29), provisional=False)
    assert calendar.add(date(2025, 9, 25), 20) == Due(date(2025, 10, 29), provisional=False)
    assert (calendar.first, calendar.last) == (date(2004, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("day", "days", "on_defect", "citation"),
    [
        (date(2006, 1, 1), 15, "pause", "《公司登记管理条例》第五十三条第二款"),
        (date(2022, 2, 28), 15, "pause", "《公司登记管理条例》第五十三条第二款"),
        (date(2022, 3, 1), 3, "restart", "《市场主体登记管理条例实施细则》第十八条第二款"),
        (date(2026, 1, 1), 3, "restart", "《市场主体登记管理条例实施细则》第十八条第二款"),
    ],
)
def test_decision_clock_is_that_of_the_day(day: date, days: int, on_defect: str, citation: str) -> None:
    rule = queries.rule("registration_decision", day)
    assert (rule.value, rule.unit, rule.on_defect, rule.citation) == (days, "workday", on_defect, citation)


@pytest.mark.parametrize(
    ("code", "start", "extended", "due"),
    [
        ("registration_decision", date(2025, 9, 25), False, date(2025, 9, 29)),
        ("registration_decision", date(2025, 9, 25), True, date(2025, 10, 10)),
        ("registration_decision", date(2021, 9, 24), False, date(2021, 10, 20)),
        ("registration_decision", date(2025, 9, 30), False, date(2025, 10, 11)),  # a Saturday that is worked
        ("registration_acceptance", date(2021, 9, 24), False, date(2021, 9, 30)),  # Sunday 09-26 is worked
        ("registration_defect_notice", date(2021, 9, 30), False, date(2021, 10, 13)),  # and Saturday 10-09
        ("licence_pickup", date(2021, 9, 24), False, date(2021, 10, 8)),
        ("registration_originals", date(2021, 8, 4), False, date(2021, 10, 8)),
        ("change_branch", date(2025, 9, 5), False, date(2025, 10, 9)),
        ("branch_establishment", date(2025, 9, 5), False, date(2025, 10, 9)),
        (
            "recordal_application",
            date(2025, 9, 8),
            False,
            date(2025, 10, 9),
        ),  # 10-08 is the last of the holiday
        ("recordal_application", date(2025, 9, 9), False, date(2025, 10, 9)),
        ("recordal_cooperative_members", date(2025, 12, 31), False, date(2026, 3, 31)),
        ("file_transfer", date(2025, 7, 1), False, date(2025, 10, 1)),  # the authority's months don't roll
        ("cancellation_liquidators", date(2025, 9, 25), False, date(2025, 10, 9)),
        ("cancellation_application", date(2025, 9, 5), False, date(2025, 10, 9)),
        ("creditor_announcement", date(2025, 8, 5), False, date(2025, 10, 9)),
        ("creditor_claims", date(2025, 8, 20), False, date(2025, 10, 9)),
        ("decrease_announcement", date(2025, 9, 5), False, date(2025, 10, 9)),
        ("decrease_loss_announcement", date(2025, 9, 10), False, date(2025, 10, 10)),
        ("decrease_notice", date(2025, 8, 20), False, date(2025, 10, 9)),
        ("merger_notice", date(2025, 8, 20), False, date(2025, 10, 9)),
        ("simple_cancellation_notice", date(2025, 9, 15), False, date(2025, 10, 9)),
        ("simple_cancellation_application", date(2025, 9, 15), False, date(2025, 10, 9)),
        ("simple_cancellation_individual", date(2025, 9, 25), False, date(2025, 10, 5)),
        ("name_forced_change", date(2025, 9, 5), False, date(2025, 10, 9)),
        ("name_ruling", date(2025, 7, 3), False, date(2025, 10, 3)),
        ("name_reservation_approval", date(2024, 2, 29), False, date(2025, 2, 28)),
        ("publicity_registration", date(2025, 9, 25), False, date(2025, 10, 29)),
        ("abnormal_listing", date(2025, 9, 25), False, date(2025, 10, 15)),
        ("annulment_acceptance", date(2025, 9, 26), False, date(2025, 9, 30)),
        ("annulment_notice", date(2025, 8, 20), False, date(2025, 10, 9)),
        ("suspension_total", date(2024, 2, 29), False, date(2027, 2, 28)),
        ("forced_cancellation_after", date(2024, 10, 3), False, date(2027, 10, 3)),
        ("forced_cancellation_notice", date(2025, 8, 5), False, date(2025, 10, 9)),
        ("annulment_investigation", date(2025, 1, 31), False, date(2025, 4, 30)),
        ("annulment_investigation", date(2025, 1, 31), True, date(2025, 7, 31)),
        ("change_application", date(2025, 9, 4), False, date(2025, 10, 9)),  # 10-04 is a holiday
        ("simple_cancellation_notice", date(2025, 9, 1), False, date(2025, 9, 22)),  # 09-21 is a Sunday
        ("name_reservation", date(2025, 8, 2), False, date(2025, 10, 2)),  # a right, not a duty: doesn't roll
        ("suspension_extension", date(2025, 12, 31), False, date(2025, 12, 1)),  # counted backwards
        ("annulment_bar", date(2024, 2, 29), False, date(2027, 2, 28)),
        ("capital_adjustment", date(2024, 7, 1), False, date(2027, 6, 30)),
        ("annual_report_closes", date(2025, 6, 30), False, date(2025, 6, 30)),
        ("annual_report_closes", date(2025, 7, 1), False, date(2026, 6, 30)),
        ("reconsideration", date(2024, 8, 5), False, date(2024, 10, 8)),  # 10-04 is a holiday
        ("litigation", date(2015, 4, 30), False, date(2015, 7, 30)),
        ("litigation", date(2015, 5, 4), False, date(2015, 11, 4)),
    ],
)
def test_due(code: str, start: date, *, extended: bool, due: date) -> None:
    assert queries.due(code, start, extended=extended).date == due


def test_the_law_of_another_day_may_be_asked_for() -> None:
    assert queries.due("registration_decision", date(2022, 3, 1), on=date(2022, 2, 28)).date == date(
        2022, 3, 22
    )


def test_due_is_provisional_past_the_announced_holidays() -> None:
    assert queries.due("registration_decision", date(2026, 12, 30)).provisional
    assert not queries.due("registration_decision", date(2026, 12, 28)).provisional


def test_says_when_the_law_had_no_such_rule() -> None:
    with pytest.raises(queries.LawError, match="2021-03-01 没有生效的期限规定“annulment_acceptance”"):
        queries.rule("annulment_acceptance", date(2021, 3, 1))
    with pytest.raises(queries.LawError, match="没有生效的决定理由“boredom”"):
        queries.ground("boredom")


def test_rules_in_words() -> None:
    assert (
        str(queries.rule("name_reservation"))
        == "企业名称保留期：2个月（《企业名称登记管理规定》第十八条第一款）"
    )
    assert queries.rule("capital_adjustment").limit == "2027年6月30日"
    assert queries.rule("suspension_extension").limit == "届满前30日"
    assert queries.rule("annual_report_closes").limit == "每年6月30日"


def test_grounds_of_a_procedure() -> None:
    now = queries.grounds("establishment", date(2025, 1, 1))
    assert {"unlawful", "representative_crime", "name_same_live", "incomplete", "jurisdiction"} <= {
        g.code for g in now
    }
    assert {g.kind for g in queries.grounds("establishment", kind="defect")} == {"defect"}
    assert "simple_abnormal" not in {g.code for g in now}
    before = queries.grounds("establishment", date(2021, 1, 1))
    assert {g.statute.short for g in before} == {"公司登记管理条例"}
    ground = queries.ground("representative_crime", date(2025, 1, 1))
    assert ground.citation == "《市场主体登记管理条例》第十二条第二项"


def test_documents_of_a_procedure() -> None:
    company = [d.code for d in queries.required_documents("establishment", applies_to="company")]
    assert company[:5] == ["application", "applicant_identity", "domicile", "charter", "appointments"]
    assert "partnership_agreement" not in company
    partnership = queries.required_documents("establishment", applies_to="partnership")
    assert "partnership_agreement" in {d.code for d in partnership}
    assert len(queries.required_documents("establishment")) > len(company)
    assert queries.required_documents("establishment", date(2021, 1, 1)) == ()


def test_remedies() -> None:
    review, suit = queries.remedies(date(2025, 1, 1))
    assert (review.limit, review.citation) == ("60日", "《行政复议法》第二十条")
    assert (suit.limit, suit.citation) == ("6个月", "《行政诉讼法》第四十六条第一款")


def test_answers_come_from_memory(django_assert_num_queries: pytest.FixtureRequest) -> None:
    queries.due("registration_decision", date(2025, 9, 25))
    with django_assert_num_queries(0):
        queries.due("registration_decision", date(2025, 9, 25), extended=True)


def test_the_serving_role_may_read_but_not_write() -> None:
    assert Rule.objects.exists()
    for model in (Statute, Rule, Ground, RequiredDocument, CalendarDay):
        assert not _may_write(model._meta.db_table)


def _may_write(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'INSERT, UPDATE, DELETE, TRUNCATE')", [table])
        return bool(cursor.fetchone()[0])


def test_nothing_loaded_is_said_and_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    queries.forget()
    with monkeypatch.context() as without:
        without.setattr(CalendarDay, "objects", CalendarDay.objects.none())
        with pytest.raises(queries.LawError, match="load-reference"):
            queries.calendar()
    assert queries.calendar()
