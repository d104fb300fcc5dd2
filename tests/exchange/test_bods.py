"""Ownership in BODS 0.4, accepted by the standard's own library."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
import zstandard
from django.core.management import call_command
from django.test import Client
from libcovebods.config import LibCoveBODSConfig
from libcovebods.data_reader import DataReader
from libcovebods.jsonschemavalidate import JSONSchemaValidator
from libcovebods.run_tasks import TASK_CLASSES, process_additional_checks
from libcovebods.schema import SchemaBODS
from libcovebods.tasks.checks import legacy_checks, record_based_checks

from hongdun.exchange.actions import snapshots
from hongdun.lib import bods
from hongdun.lib.money import Money
from hongdun.lib.particulars import Share
from hongdun.register.models import EntityShare
from tests.register.builders import FOUNDER, changed, founded

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.db15, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _prefixes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library would ask org-id.guide which lists of identifiers there are."""
    for checks in (legacy_checks, record_based_checks):
        monkeypatch.setattr(checks, "get_orgids_prefixes", lambda: {bods.SCHEME})


def flaws(statements: list[Any], folder: Path) -> list[Any]:
    path = folder / "statements.json"
    path.write_text(json.dumps(statements), "utf-8")
    reader, config = DataReader(str(path)), LibCoveBODSConfig()
    schema = SchemaBODS(reader, config)
    assert schema.schema_version == "0.4"
    found = [error.json() for error in JSONSchemaValidator(schema).validate(reader)]
    return found + process_additional_checks(reader, config, schema, TASK_CLASSES)["additional_checks"]


def share(holder: str, amount: int, **more: Any) -> Share:
    return Share(holder, Money(Decimal(amount)), **more)


def capital(amount: int) -> Money:
    return Money(Decimal(amount))


def asked(uscc: str) -> list[Any]:
    answer = Client().get(f"/api/v1/entities/{uscc}/ownership")
    assert answer.status_code == 200
    return list(answer.json())


def told(statements: list[Any], kind: str = "relationship") -> list[tuple[str, str, Any]]:
    return [
        (
            each["recordStatus"],
            each["statementDate"],
            each["recordDetails"].get("interests", [{}])[0].get("share"),
        )
        for each in statements
        if each["recordType"] == kind
    ]


def test_holders_come_change_and_go(tmp_path: Path) -> None:
    parent = founded(name="广西邕江控股集团有限公司")
    one = founded(capital=capital(500_000), shares=(share("覃红豆", 500_000, person=FOUNDER),))
    two = (share("覃红豆", 300_000), share("广西邕江控股集团有限公司", 200_000, entity=parent.pk))
    changed(one, date(2018, 1, 1), shares=two)
    changed(one, date(2019, 1, 1), representative="韦一")
    changed(one, date(2020, 1, 1), shares=(share("广西邕江控股集团有限公司", 500_000, entity=parent.pk),))
    changed(one, date(2021, 1, 1), shares=two)
    statements = asked(one.uscc)
    assert told(statements) == [
        ("new", "2015-03-02", {"exact": 100.0}),
        ("updated", "2018-01-01", {"exact": 60.0}),
        ("new", "2018-01-01", {"exact": 40.0}),
        ("closed", "2020-01-01", {"exact": 60.0}),
        ("updated", "2020-01-01", {"exact": 100.0}),
        ("new", "2021-01-01", {"exact": 60.0}),
        ("updated", "2021-01-01", {"exact": 40.0}),
    ]
    assert len({each["recordId"] for each in statements if each["recordType"] == "relationship"}) == 3
    assert [each["recordDetails"]["identifiers"][0]["id"] for each in statements[:2]] == [
        one.uscc,
        parent.uscc,
    ]
    assert flaws(statements, tmp_path) == []
    assert str(FOUNDER) not in json.dumps(statements)


def test_statements_keep_their_ids(tmp_path: Path) -> None:
    one = founded()
    before = asked(one.uscc)
    changed(one, date(2020, 1, 1), scope=one_more())
    after = asked(one.uscc)
    kept = {each["statementId"] for each in before} & {each["statementId"] for each in after}
    assert [each["recordType"] for each in before if each["statementId"] not in kept] == ["entity"]
    assert flaws(after, tmp_path) == []


def one_more() -> Any:
    from hongdun.lib.particulars import Scope

    return Scope("日用百货销售；茶叶零售")


@pytest.mark.parametrize(
    ("holder", "kind"),
    [
        ("覃红豆", "person"),
        ("买买提·吐尔逊", "person"),
        ("李公司", "person"),
        ("深圳市某某创业投资有限公司", "entity"),
        ("宁波某某合伙企业（有限合伙）", "entity"),
        ("南宁市国有资产监督管理委员会", "entity"),
    ],
)
def test_an_organisation_is_known_by_its_name(holder: str, kind: str, tmp_path: Path) -> None:
    one = founded(shares=(share(holder, 500_000),))
    statements = asked(one.uscc)
    assert [each["recordType"] for each in statements] == ["entity", kind, "relationship"]
    assert flaws(statements, tmp_path) == []


def test_two_holders_of_one_name_are_two(tmp_path: Path) -> None:
    one = founded(shares=(share("王伟", 200_000), share("王伟", 300_000)))
    statements = asked(one.uscc)
    assert len({each["recordId"] for each in statements}) == 5
    assert flaws(statements, tmp_path) == []


def test_amounts_of_several_currencies_are_no_percentage(tmp_path: Path) -> None:
    one = founded(shares=())
    dollars = Share("约翰", Money(Decimal(10), "USD"))
    changed(one, date(2020, 1, 1), capital=None, type="4540", shares=(share("王伟", 10), dollars))
    statements = asked(one.uscc)
    assert [status_and_share[2] for status_and_share in told(statements)] == [None, None]
    assert flaws(statements, tmp_path) == []


def test_the_whole_file_is_accepted_and_says_the_same(tmp_path: Path, settings: SettingsWrapper) -> None:
    settings.OPEN_DATA = tmp_path / "open-data"
    parent = founded(name="广西邕江控股集团有限公司", shares=())
    held = [
        founded(
            name=f"南宁第{n}商贸有限公司",
            shares=(share("覃红豆", 250_000), share(parent.name, 250_000, entity=parent.pk)),
        )
        for n in range(3)
    ]
    made = snapshots.make()
    text = zstandard.open(made.folder / f"ownership-{made.day}.jsonl.zst", "rt", encoding="utf-8").read()
    statements = [json.loads(line) for line in text.splitlines()]
    assert flaws(statements, tmp_path) == []
    single = [each for one in held for each in asked(one.uscc)]
    assert {each["statementId"] for each in statements} == {each["statementId"] for each in single}
    assert made.file(f"ownership-{made.day}.jsonl.zst")["rows"] == len(statements)  # type: ignore[index]


def test_the_demonstration_has_owners_that_the_standard_accepts(
    tmp_path: Path, settings: SettingsWrapper
) -> None:
    settings.OPEN_DATA = tmp_path / "open-data"
    call_command("generate_entities", count=400, seed=1)
    made = snapshots.make()
    text = zstandard.open(made.folder / f"ownership-{made.day}.jsonl.zst", "rt", encoding="utf-8").read()
    statements = [json.loads(line) for line in text.splitlines()]
    kinds = Counter(each["recordType"] for each in statements)
    owned = EntityShare.objects.values("entity").distinct().count()
    assert kinds["entity"] >= owned > 100
    assert kinds["relationship"] == EntityShare.objects.count() > kinds["person"] > owned
    records = [each["recordId"] for each in statements if each["recordType"] == "entity"]
    assert len(records) == len(set(records))
    assert flaws(statements, tmp_path) == []


def test_who_has_sold_everything_is_still_stated_once(tmp_path: Path, settings: SettingsWrapper) -> None:
    settings.OPEN_DATA = tmp_path / "open-data"
    sellers = [founded(name=f"广西邕江第{n}控股集团有限公司", shares=()) for n in range(3)]
    bought = tuple(share(each.name, 100_000, entity=each.pk) for each in sellers)
    for number in range(2):
        one = founded(name=f"南宁第{number}商贸有限公司", shares=bought, capital=capital(300_000))
        changed(one, date(2020, 1, 1), shares=(share("覃红豆", 300_000),))
    made = snapshots.make()
    text = zstandard.open(made.folder / f"ownership-{made.day}.jsonl.zst", "rt", encoding="utf-8").read()
    statements = [json.loads(line) for line in text.splitlines()]
    assert Counter(each["recordType"] for each in statements)["entity"] == len(sellers) + 2
    assert flaws(statements, tmp_path) == []


def test_a_wrong_code_is_told_what_is_wrong() -> None:
    assert Client().get("/api/v1/entities/91450102GX0000007X/ownership").status_code == 400
    assert Client().get("/api/v1/entities/91450102GX0000007C/ownership").json()["status"] == 404
