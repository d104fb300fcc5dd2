"""Open data: complete, consistent, public, and continued by the feed without gap."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
import zstandard

from hongdun.base import clock
from hongdun.base.logging import PERSONAL
from hongdun.exchange.actions import snapshots
from hongdun.exchange.queries import changes, columns, files
from hongdun.lib import columnar
from hongdun.lib.particulars import Domicile, Scope
from hongdun.register.models import Entity
from tests.exchange.builders import deliver
from tests.register.builders import changed, company, founded

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

    from hongdun.exchange.queries.files import Snapshot

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.db15, pytest.mark.slow]
Rows = dict[str, dict[str, Any]]


@pytest.fixture(autouse=True)
def _folder(settings: SettingsWrapper, tmp_path: Path) -> None:
    settings.OPEN_DATA = tmp_path / "open-data"


def on_day(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    day = clock.today() + timedelta(days=number)
    monkeypatch.setattr(snapshots, "today", lambda: day)


def rows(snapshot: Snapshot, which: str, ending: str) -> Rows:
    path = snapshot.folder / f"{which}-{snapshot.day}.{ending}"
    with duckdb.connect() as database:
        found = database.execute(f"SELECT * FROM '{path}'")
        names = [column[0] for column in found.description]
        return {row[0]: dict(zip(names, row, strict=True)) for row in found.fetchall()}


def test_both_files_hold_every_entity_as_it_is() -> None:
    one = founded()
    changed(one, date(2020, 1, 1), representative='韦"新",\n二')
    founded(name="柳州红豆，商贸（个人独资）", type="4540", capital=None, shares=())
    deliver()
    made = snapshots.make()
    parquet = rows(made, "entities", "parquet")
    assert set(parquet) == set(Entity.objects.values_list("uscc", flat=True))
    entity = Entity.objects.get(pk=one.pk)
    assert parquet[one.uscc] == {column.name: getattr(entity, column.name) for column in columns.ENTITIES}
    other = next(row for code, row in parquet.items() if code != one.uscc)
    assert (other["capital"], other["closed"], other["regno"]) == (None, None, "")
    csv = rows(made, "entities", "csv.zst")
    assert {code: row["representative"] for code, row in csv.items()} == {
        code: row["representative"] for code, row in parquet.items()
    }


def test_the_manifest_tells_what_lies_there() -> None:
    founded()
    deliver()
    made = snapshots.make()
    assert made.manifest["position"] == 1
    assert "delta" not in made.manifest
    assert {path.name for path in made.folder.iterdir()} == {
        "manifest.json", *(file["name"] for file in made.files)
    }  # fmt: skip
    for file in made.files:
        data = (made.folder / file["name"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert [file["rows"] for file in made.files[:2]] == [1, 1]


def test_a_snapshot_and_the_next_delta_make_the_next_snapshot(monkeypatch: pytest.MonkeyPatch) -> None:
    same, renamed = founded(name="南宁甲商贸有限公司"), founded(name="南宁乙商贸有限公司")
    deliver()
    first = snapshots.make()
    changed(renamed, date(2020, 1, 1), name="南宁丙商贸有限公司")
    new = founded(name="南宁丁商贸有限公司")
    deliver()
    on_day(monkeypatch, 1)
    second = snapshots.make()
    delta = rows(second, "delta", "parquet")
    assert set(delta) == {renamed.uscc, new.uscc}
    assert rows(first, "entities", "parquet") | delta == rows(second, "entities", "parquet")
    assert set(rows(second, "delta", "csv.zst")) == set(delta)
    assert same.uscc not in delta
    assert second.manifest["delta"] == {"from": first.day, "after": 2, "position": 4}


def test_the_feed_goes_on_where_the_snapshot_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the rule of the page: take changes after `position` whose version is higher than one's own."""
    one = founded(name="南宁甲商贸有限公司")
    deliver()
    changed(one, date(2020, 1, 1), name="南宁乙商贸有限公司")  # in the register, not yet in the feed
    made = snapshots.make()
    held = {code: row["version"] for code, row in rows(made, "entities", "parquet").items()}
    changed(one, date(2021, 1, 1), name="南宁丙商贸有限公司")
    two = founded(name="南宁丁商贸有限公司")
    deliver()
    applied = []
    for change in changes.page(made.manifest["position"], 100):
        if (change.version or 0) > held.get(change.uscc, 0):
            held[change.uscc] = change.version
            applied.append((change.uscc, change.version))
    assert applied == [(one.uscc, 3), (two.uscc, 1)]
    on_day(monkeypatch, 1)
    after = rows(snapshots.make(), "entities", "parquet")
    assert held == {code: row["version"] for code, row in after.items()}


def test_what_a_killed_run_left_is_swept_and_what_is_made_stays() -> None:
    founded()
    left = files.root() / snapshots.BUILDING
    left.mkdir(parents=True)
    (left / "raw.csv").write_text("half")
    made = snapshots.make()
    stamp = (made.folder / "manifest.json").stat().st_mtime_ns
    founded(name="南宁乙商贸有限公司")
    assert snapshots.make() == made
    assert (made.folder / "manifest.json").stat().st_mtime_ns == stamp
    assert not left.exists()


def test_a_failure_leaves_nothing_that_could_be_served(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> int:
        raise OSError("磁盘已满")

    founded()
    with monkeypatch.context() as patch:
        patch.setattr(columnar, "write", fail)
        with pytest.raises(OSError, match="磁盘已满"):
            snapshots.make()
    assert files.all_snapshots() == []
    assert snapshots.make().files


def test_old_ones_go(monkeypatch: pytest.MonkeyPatch, settings: SettingsWrapper) -> None:
    settings.OPEN_DATA_KEPT = 2
    founded()
    for number in range(4):
        on_day(monkeypatch, number)
        snapshots.make()
    days = [clock.today() + timedelta(days=number) for number in (3, 2)]
    assert [each.day for each in files.all_snapshots()] == [f"{day:%Y%m%d}" for day in days]


def test_numbers_of_persons_are_hidden_wherever_they_were_typed() -> None:
    founded(
        domicile=Domicile("南宁市民生路1号（联系13812345678）", "450102"),
        scope=Scope("日用百货销售，负责人450103199001010019。"),
        name="南宁86-186-1234-5678商贸有限公司",
    )
    made = snapshots.make()
    [row] = rows(made, "entities", "parquet").values()
    assert row["address"] == "南宁市民生路1号（联系[已隐去]）"
    assert row["name"] == "南宁[已隐去]商贸有限公司"
    assert row["scope"] == "日用百货销售，负责人[已隐去]。"
    csv = zstandard.open(made.folder / f"entities-{made.day}.csv.zst", "rt", encoding="utf-8").read()
    assert "13812345678" not in csv


def test_200_records_hold_no_personal_number() -> None:
    for number in range(200):
        founded(name=f"南宁第{number}商贸有限公司", people=company().people)
    deliver()
    made = snapshots.make()
    texts = [json.dumps(row, default=str) for row in rows(made, "entities", "parquet").values()]
    texts += [json.dumps(changes.as_json(change)) for change in changes.page(0, 200)]
    texts += zstandard.open(made.folder / f"ownership-{made.day}.jsonl.zst", "rt").read().splitlines()
    assert len(texts) > 600
    assert [text for text in texts if PERSONAL.search(text)] == []
