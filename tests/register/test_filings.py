from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from hongdun.audit.models import Event
from hongdun.base.clock import now, today
from hongdun.base.scope import acting, system_scope
from hongdun.lib.entityrows import Row
from hongdun.lib.money import Money
from hongdun.lib.particulars import Domicile, PersonEntry, Share
from hongdun.outbox.models import Message
from hongdun.register import actions as register
from hongdun.register import queries
from hongdun.register.actions import bulk, codes
from hongdun.register.models import (
    Entity,
    EntityPerson,
    Name,
    PersonLink,
    Version,
    VersionKind,
    VersionPrivate,
)
from tests.register.builders import COUNTY, FOUNDED, FOUNDER, OTHER, changed, company, founded, officer

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
RENAMED = "南宁邕江绿豆商贸有限公司"


def name_on(entity: Entity, on: date, known: datetime | None = None) -> str | None:
    state = queries.as_of(entity.uscc, on, known)
    return state.particulars.name if state else None


def address_on(entity: Entity, on: date, known: datetime | None = None) -> str | None:
    state = queries.as_of(entity.uscc, on, known)
    return state.particulars.domicile.text if state else None


def test_establishment_writes_everything_at_once() -> None:
    entity = founded()
    with system_scope("测试"):
        assert entity.uscc.startswith("91450102")
        assert queries.full(queries.latest(entity).version) == company(established=FOUNDED)
        assert [each.name for each in EntityPerson.objects.filter(entity=entity)] == ["覃红豆"]
        assert set(PersonLink.objects.values_list("role", flat=True)) == {
            "legal_representative",
            "liaison",
            "shareholder",
        }
        assert Event.objects.get(verb="register.established").subject == str(entity.pk)
        assert Message.objects.get(topic="register.established").body["uscc"] == entity.uscc


def test_valid_time_begins_on_its_day_and_not_before() -> None:
    entity = changed(founded(), date(2020, 5, 1), name=RENAMED)
    assert name_on(entity, FOUNDED - timedelta(days=1)) is None
    assert name_on(entity, FOUNDED) == company().name
    assert name_on(entity, date(2020, 4, 30)) == company().name
    assert name_on(entity, date(2020, 5, 1)) == RENAMED
    assert name_on(entity, date(9999, 1, 1)) == RENAMED


def test_two_changes_on_one_day_leave_the_later_one() -> None:
    entity = changed(founded(), date(2020, 5, 1), name=RENAMED)
    between = now()
    entity = changed(entity, date(2020, 5, 1), name="南宁邕江黄豆商贸有限公司")
    assert name_on(entity, date(2020, 5, 1)) == "南宁邕江黄豆商贸有限公司"
    assert name_on(entity, date(2020, 5, 1), between) == RENAMED


def test_a_correction_in_two_parts_keeps_what_was_known_before() -> None:
    """The address was wrong from 2016 to 2018 only; a change of 2017 of another item must survive."""
    entity = changed(founded(), date(2017, 1, 1), name=RENAMED)
    before = now()
    actor = officer()
    with acting(actor):
        register.correct(
            entity=entity,
            items={"domicile": Domicile("南宁市兴宁区民生路88号", "450102")},
            valid_from=date(2016, 1, 1),
            valid_until=date(2018, 1, 1),
            reason="门牌登记有误",
            case_id=None,
            actor=actor,
        )
    wrong, right = "南宁市兴宁区民生路1号", "南宁市兴宁区民生路88号"
    days = [date(2015, 12, 31), date(2016, 1, 1), date(2017, 12, 31), date(2018, 1, 1)]
    assert [address_on(entity, day) for day in days] == [wrong, right, right, wrong]
    assert {address_on(entity, day, before) for day in days} == {wrong}
    assert name_on(entity, date(2016, 6, 1)) == company().name
    assert name_on(entity, date(2017, 6, 1)) == RENAMED
    corrections = [filing for filing in queries.history(entity) if filing.kind == "correct"]
    assert [(f.valid_from, f.valid_until) for f in corrections] == [
        (date(2016, 1, 1), date(2017, 1, 1)),
        (date(2017, 1, 1), date(2018, 1, 1)),
    ]


def test_known_dates_at_the_very_microsecond() -> None:
    entity = changed(founded(), date(2020, 5, 1), name=RENAMED)
    moment = Version.objects.get(entity=entity, recorded__upper_inf=True, valid__upper_inf=True).known_from
    assert name_on(entity, date(2021, 1, 1), moment) == RENAMED
    assert name_on(entity, date(2021, 1, 1), moment - timedelta(microseconds=1)) == company().name


def test_annulment_restores_the_items_and_keeps_what_came_later() -> None:
    case = uuid4()
    entity = changed(
        founded(),
        date(2018, 1, 1),
        case_id=case,
        name=RENAMED,
        representative="骗登者",
        people=(PersonEntry("骗登者", "legal_representative", uuid4()),),
    )
    entity = changed(entity, date(2019, 1, 1), domicile=Domicile("南宁市兴宁区朝阳路9号", "450102"))
    actor = officer()
    with acting(actor):
        entity = register.annul(
            entity=entity, annulled_case=case, items={"representative", "people"}, reason="冒用身份",
            case_id=None, actor=actor,
        )  # fmt: skip
        people = queries.full(queries.latest(entity).version).people
    assert entity.representative == "覃红豆"
    assert entity.name == RENAMED
    assert address_on(entity, date(2020, 1, 1)) == "南宁市兴宁区朝阳路9号"
    assert people[0].person == FOUNDER


def test_annulled_name_is_former_no_more() -> None:
    case = uuid4()
    entity = changed(founded(), date(2018, 1, 1), case_id=case, name=RENAMED)
    actor = officer()
    with acting(actor):
        entity = register.annul(
            entity=entity, annulled_case=case, reason="虚假材料", case_id=None, actor=actor
        )
    assert entity.name == company().name
    assert [each.name for each in Name.objects.filter(entity=entity, kind="former")] == [RENAMED]


def test_the_database_refuses_overlapping_states() -> None:
    entity = founded()
    version = Version.objects.get(entity=entity)
    version.pk = uuid4()
    with pytest.raises(DatabaseError, match="register_one_state"), system_scope("测试"):
        version.save(force_insert=True)


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE register_version SET particulars = '{}'",
        "UPDATE register_version SET valid = daterange('2000-01-01', NULL)",
        "UPDATE register_version SET recorded = tstzrange('2000-01-01', NULL)",
        "UPDATE register_version SET note = 'x', recorded = tstzrange(lower(recorded), now() + interval '1 day')",
    ],
)
def test_versions_are_append_only(forgery: str) -> None:
    founded()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        system_scope("测试"),
        connection.cursor() as cursor,
    ):
        cursor.execute(forgery)


def test_a_closed_version_is_not_opened_again() -> None:
    entity = changed(founded(), date(2020, 5, 1), name=RENAMED)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        system_scope("测试"),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE register_version SET recorded = tstzrange(lower(recorded), NULL)"
            " WHERE entity_id = %s AND NOT upper_inf(recorded)",
            [entity.pk],
        )


def test_versions_are_never_deleted() -> None:
    founded()
    with pytest.raises(DatabaseError), system_scope("测试"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM register_version")


def test_another_bureau_can_neither_change_nor_see_the_private_part() -> None:
    entity = founded()
    stranger = officer(OTHER)
    with acting(stranger):
        assert not VersionPrivate.objects.exists()
        assert not PersonLink.objects.exists()
        with pytest.raises(register.RegisterError, match="管辖范围"):
            register.change(
                entity=entity,
                particulars=company(name=RENAMED),
                valid_from=today(),
                case_id=None,
                actor=stranger,
            )
    assert queries.current(entity.uscc)


def test_refusals_say_what_to_do() -> None:
    entity = founded()
    with pytest.raises(register.RegisterError, match="请改用更正"):
        changed(entity, FOUNDED - timedelta(days=1), name=RENAMED)
    with pytest.raises(register.RegisterError, match="不能预先生效"):
        changed(entity, today() + timedelta(days=1), name=RENAMED)
    with pytest.raises(register.RegisterError, match="没有需要变更"):
        changed(entity, today())
    with pytest.raises(register.RegisterError, match="不相等"):
        changed(entity, today(), capital=Money(Decimal(700_000)))


def test_cancellation_ends_changes_and_licences() -> None:
    actor = officer()
    entity = founded()
    with acting(actor):
        sheet = register.record_licence(entity=entity, copy="original", on=FOUNDED, case_id=None, actor=actor)
        entity = register.set_status(
            entity=entity,
            status="cancelled",
            on=date(2022, 1, 1),
            reason="决议解散",
            case_id=None,
            actor=actor,
        )
        sheet.refresh_from_db()
        assert (sheet.state, entity.closed) == ("due", date(2022, 1, 1))
        with pytest.raises(register.RegisterError, match="已注销"):
            changed(entity, today(), name=RENAMED)
    assert queries.as_of(entity.uscc, date(2021, 12, 31)).particulars.status == "active"  # type: ignore[union-attr]
    assert queries.as_of(entity.uscc, date(2022, 1, 1)).particulars.status == "cancelled"  # type: ignore[union-attr]


def test_a_licence_is_superseded_by_what_it_prints_and_by_nothing_else() -> None:
    actor = officer()
    entity = founded()
    with acting(actor):
        sheet = register.record_licence(entity=entity, copy="original", on=FOUNDED, case_id=None, actor=actor)
        copy = register.record_licence(
            entity=entity, copy="duplicate", duplicate_no=1, on=FOUNDED, case_id=None, actor=actor
        )
    entity = changed(entity, date(2019, 1, 1), shares=(Share("韦青山", Money(Decimal(500_000))),))
    assert queries.licence_state(sheet.serial).state == "valid"  # type: ignore[union-attr]
    entity = changed(entity, date(2020, 1, 1), name=RENAMED)
    assert queries.licence_state(sheet.serial).state == "superseded"  # type: ignore[union-attr]
    assert queries.licence_state(copy.serial).state == "superseded"  # type: ignore[union-attr]
    with acting(actor):
        new = register.record_licence(entity=entity, copy="original", on=today(), case_id=None, actor=actor)
    assert new.serial not in {sheet.serial, copy.serial}
    assert entity.established == FOUNDED


def test_codes_are_never_drawn_twice_and_differ_by_authority() -> None:
    codes = [founded(name=f"南宁{number}号商贸有限公司").uscc for number in range(3)]
    elsewhere = founded(actor=officer(OTHER)).uscc
    assert len({*codes, elsewhere}) == 4
    assert {code[:8] for code in codes} == {f"91{COUNTY // 1000}"}
    assert elsewhere.startswith(f"91{OTHER // 1000}")
    assert len({code[8:17] for code in (*codes, elsewhere)}) == 4


def test_a_code_that_an_import_brought_is_skipped() -> None:
    with acting(officer()), transaction.atomic():
        drawn = codes.issue(organ=COUNTY, kind="enterprise")
        transaction.set_rollback(True)
    with system_scope("测试"):
        assert bulk.write([bulk.line(1, Row(drawn, COUNTY, company()))], kind=VersionKind.IMPORT) == {}
    assert founded(name=RENAMED).uscc > drawn
