# ruff: noqa: RUF001 - full-width characters are what is tested
from __future__ import annotations

import csv
import json
from datetime import date
from decimal import Decimal
from importlib.resources import files
from io import StringIO
from typing import TYPE_CHECKING

import pytest
import zstandard
from django.core.management import CommandError, call_command

from hongdun.audit.models import Event
from hongdun.base.scope import system_scope
from hongdun.lib import divisions, entityrows
from hongdun.outbox.models import Message
from hongdun.register import queries
from hongdun.register.actions import intake
from hongdun.register.models import Entity, EntityPerson, ImportChunk, ImportRun, Version

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
HEAD = "name,uscc,established_on,entity_type,legal_rep,capital_raw,business_scope,address\n"
GOOD = "南宁红豆贸易有限公司,91450000MA5K00012D,2015-03-02,有限责任公司,覃红豆,50(万元人民币),日用百货。,南宁市民族大道1号\n"
OLD = (
    "横县茉莉花茶有限公司,91450127MA5K00012N,2015-03-02,有限责任公司,覃红豆,50万人民币,茶叶。,横县横州镇1号\n"
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "rows.csv"


def load(path: Path) -> dict[str, int]:
    out = StringIO()
    call_command("import_entities", path, json=True, stdout=out)
    return json.loads(out.getvalue())  # type: ignore[no-any-return]


def reader() -> entityrows.Reader:
    lines = files("hongdun.org").joinpath("tables/divisions.csv").read_text("utf-8").splitlines()
    return entityrows.Reader(divisions.read(lines), 450000000, date(2026, 11, 22))


def read(**columns: str) -> entityrows.Row:
    row = dict(zip(HEAD.strip().split(","), next(csv.reader([GOOD.strip()])), strict=True))
    return reader().read(row | columns)


@pytest.mark.parametrize(
    ("raw", "amount", "currency", "remark"),
    [
        ("50(万元人民币)", 500_000, "CNY", None),
        ("1,270(万)", 12_700_000, "CNY", "capital_assumed"),
        ("200(万美元)", 2_000_000, "USD", None),
        ("500万人民币", 5_000_000, "CNY", None),
        ("３０(万香港元)", 300_000, "HKD", None),
    ],
)
def test_capital_is_read(raw: str, amount: int, currency: str, remark: str | None) -> None:
    row = read(capital_raw=raw)
    assert row.particulars.capital
    assert (row.particulars.capital.amount, row.particulars.capital.currency) == (Decimal(amount), currency)
    assert set(row.remarks) == ({remark} if remark else set())


@pytest.mark.parametrize(
    ("column", "raw", "remark"),
    [
        ("capital_raw", "104()", "capital_unreadable"),
        ("capital_raw", "", "capital_missing"),
        ("capital_raw", "-", "capital_missing"),
        ("established_on", "", "date_missing"),
        ("established_on", "2031-01-01", "date_unreadable"),
        ("established_on", "2015-02-30", "date_unreadable"),
        ("entity_type", "", "type_guessed"),
        ("legal_rep", "", "representative_missing"),
        ("uscc", "91450000MA5K00012X", "uscc_flawed"),
        ("uscc", "９１450000ma5k00012D", "uscc_normalised"),
        ("name", "南宁红豆贸易有限公司．", "name_cleaned"),
        ("address", "南宁市民族大道１号", "text_cleaned"),
        ("uscc", "91990000MA5K00012F", "division_foreign"),
    ],
)
def test_flaws_are_kept_with_a_remark(column: str, raw: str, remark: str) -> None:
    assert remark in read(**{column: raw}).remarks


@pytest.mark.parametrize(
    ("column", "raw", "reason"),
    [
        ("uscc", "", "未填写"),
        ("uscc", "450000100000014", "应为 18 位"),
        ("uscc", "91450000MA5I00012D", "不用 I、O、S、V、Z"),
        ("name", " ", "名称未填写"),
        ("name", "长" * 201, "超过 200 字"),
    ],
)
def test_rows_without_an_identity_are_refused(column: str, raw: str, reason: str) -> None:
    with pytest.raises(entityrows.Refused, match=reason):
        read(**{column: raw})


def test_dates_as_people_write_them() -> None:
    for raw in ("2015-3-2", "2015/03/02", "2015年3月2日", "20150302", "２０１５-03-02"):
        assert read(established_on=raw).particulars.established == date(2015, 3, 2)


def test_an_imported_row_behaves_like_the_rest(table: Path) -> None:
    table.write_text(HEAD + GOOD + OLD)
    tally = load(table)
    assert (tally["imported"], tally["remarked"], tally["remark:division_old"]) == (1, 1, 1)
    entity = queries.find("红豆贸易").entities[0]
    assert (entity.organ, entity.capital, entity.status) == (450000000, Decimal(500_000), "active")
    state = queries.as_of(entity.uscc, date(2016, 1, 1))
    assert state
    assert state.particulars.representative == "覃红豆"
    assert queries.as_of(entity.uscc, date(2015, 3, 1)) is None
    assert [each.role for each in EntityPerson.objects.filter(entity=entity)] == ["legal_representative"]
    old = queries.find("茉莉花茶").entities[0]
    assert (old.organ, old.remarks) == (450181000, ["division_old"])
    with system_scope("测试"):
        assert Event.objects.filter(verb="register.imported").count() == 1
        assert Message.objects.get(topic="register.imported").body["counts"] == tally


def test_nothing_is_dropped_in_silence(table: Path, tmp_path: Path) -> None:
    other = GOOD.replace("红豆", "绿豆")
    table.write_text(HEAD + GOOD + other + "太少,列\n" + GOOD + ",91450000MA5K00012D,,,,,,\n")
    report = tmp_path / "report.csv"
    call_command("import_entities", table, report=report, json=True, stdout=StringIO())
    rows = list(csv.reader(report.open(encoding="utf-8-sig")))[1:]
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5"]
    assert [row[3] for row in rows] == ["已导入", "未导入", "未导入", "登记簿已有，未改动", "未导入"]
    assert "内容不同" in rows[1][4]
    assert "2 列，应为 8 列" in rows[2][4]


def test_the_summary_tells_a_load_from_its_repetition(table: Path, tmp_path: Path) -> None:
    table.write_text(HEAD + GOOD)
    first, again = StringIO(), StringIO()
    call_command("import_entities", table, stdout=first)
    call_command("import_entities", table, report=tmp_path / "report.csv", stdout=again)
    assert "rows.csv 已导入，用时" in first.getvalue()
    assert "没有改动登记簿" in again.getvalue()
    assert "report.csv" in again.getvalue()
    with pytest.raises(CommandError, match="目录不存在"):
        call_command("import_entities", table, report=tmp_path / "none" / "report.csv")


def test_running_twice_changes_nothing(table: Path, tmp_path: Path) -> None:
    table.write_text(HEAD + GOOD + OLD)
    first = load(table)
    before = {model: model.objects.count() for model in (Entity, Version, EntityPerson)}
    with system_scope("测试"):
        events = Event.objects.count()
    assert load(table) == first
    packed = tmp_path / "again.csv.zst"
    packed.write_bytes(zstandard.compress(table.read_bytes()))
    assert load(packed) == {"present": 2}
    assert before == {model: model.objects.count() for model in before}
    with system_scope("测试"):
        assert Event.objects.count() == events


def test_a_killed_import_goes_on_where_it_stopped(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "CHUNK", 1)
    table.write_text(HEAD + GOOD + OLD)
    enter = intake._enter

    def killed(run: ImportRun, chunk: intake._Chunk, what: intake.Load) -> None:
        if chunk.number == 1:
            raise KeyboardInterrupt
        enter(run, chunk, what)

    monkeypatch.setattr(intake, "_enter", killed)
    with pytest.raises(KeyboardInterrupt):
        load(table)
    assert Entity.objects.count() == 1
    monkeypatch.setattr(intake, "_enter", enter)
    tally = load(table)
    assert (tally["imported"], tally["remarked"]) == (1, 1)
    with system_scope("测试"):
        assert list(ImportChunk.objects.values_list("number", flat=True)) == [0, 1]
        assert ImportRun.objects.get().finished


def test_a_national_encoding_is_read(table: Path) -> None:
    table.write_bytes((HEAD + GOOD).encode("gb18030"))
    assert load(table) == {"imported": 1}


def test_a_file_that_is_no_such_table_is_refused(table: Path) -> None:
    table.write_text("a,b\n1,2\n")
    with pytest.raises(CommandError, match="缺少列"):
        load(table)
    table.write_bytes((HEAD + GOOD).encode() + OLD.encode("gb18030"))
    with pytest.raises(CommandError, match="统一转为 UTF-8"):
        load(table)


def test_a_packed_file_is_read_whole_or_refused(tmp_path: Path) -> None:
    packed = tmp_path / "rows.csv.zst"
    whole = b"".join(zstandard.compress(part.encode()) for part in (HEAD + GOOD, OLD))
    packed.write_bytes(whole[:-4])
    with pytest.raises(CommandError, match="不完整"):
        load(packed)
    packed.write_bytes(b"rows" * 9)
    with pytest.raises(CommandError, match="不是完好的 zstd 文件"):
        load(packed)
    packed.write_bytes(whole)
    assert load(packed) == {"imported": 1, "remarked": 1, "remark:division_old": 1}


def test_generated_entities_are_the_same_each_time() -> None:
    out = StringIO()
    call_command("generate_entities", count=300, seed=7, stdout=out)
    names = dict(Entity.objects.values_list("uscc", "name"))
    assert len(names) == 300
    call_command("generate_entities", count=320, seed=7, stdout=out)
    assert Entity.objects.count() == 320
    assert names.items() <= dict(Entity.objects.values_list("uscc", "name")).items()
    shares = {kind: Entity.objects.filter(kind=kind).count() / 320 for kind in ("individual", "enterprise")}
    assert 0.52 < shares["individual"] < 0.72
    assert 0.25 < shares["enterprise"] < 0.45


def test_demonstration_comes_once_and_never_to_a_register_in_use(settings: Settings) -> None:
    for seed in (1, 2):
        call_command("generate_entities", count=20, seed=seed, if_empty=True, stdout=StringIO())
        assert Entity.objects.count() == 20
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="生产环境"):
        call_command("generate_entities", count=40, stdout=StringIO())


@pytest.mark.shared
def test_the_real_file(shared: Path) -> None:
    tally = load(shared / "enterprises" / "guangxi_enterprises.csv.zst")
    assert tally["imported"] + tally["remarked"] == Entity.objects.count() == 64_886
    assert tally.get("refused", 0) == 0
    assert tally["remark:uscc_flawed"] >= 26
    assert tally["remark:division_old"] > 3_000
    assert Entity.objects.filter(kind="cooperative").count() >= 1_887
    assert Version.objects.count() == 64_886
