from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command

from hongdun.audit import actions as audit
from hongdun.audit.models import Leaf, Seal
from hongdun.audit.queries import verify
from hongdun.audit.queries.seals import heads_file
from hongdun.base import clock
from hongdun.base.scope import system_scope
from hongdun.lib import merkle
from tests.audit.builders import events, officer

if TYPE_CHECKING:
    import psycopg

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.db15, pytest.mark.slow]
CHANGES = {
    "at": "at + interval '1 microsecond'",
    "xid": "'999999999'::xid8",
    "person": "gen_random_uuid()",
    "post": "NULL",
    "actor_name": "'覃某'",
    "organ": "450200000",
    "kind": "'system'",
    "verb": "'case.closed'",
    "subject": "'case/other'",
    "case_id": "gen_random_uuid()",
    "reason": "reason || ' '",
    "data": "data || '{\"number\": 5}'",
    "request_id": "'000000000000'",
    "mac": "'\\x00'::bytea",
}


def kinds() -> list[str]:
    return sorted(finding.kind for finding in verify().findings)


def test_the_chain_covers_every_event_once() -> None:
    first, second = events(5), events(3)
    assert audit.seal() == 8
    third = events(2)
    assert audit.seal() == 2
    assert audit.seal() == 0
    with system_scope("测试"):
        assert list(Leaf.objects.order_by("seal", "ordinal").values_list("event_id", flat=True)) == [
            *first, *second, *third,
        ]  # fmt: skip
        one, two = Seal.objects.order_by("n")
        leaves = list(Leaf.objects.filter(seal=1).order_by("ordinal").values_list("hash", flat=True))
    assert bytes(two.prev) == bytes(one.hash)
    assert merkle.root([bytes(leaf) for leaf in leaves]) == bytes(one.root)
    report = verify()
    assert (report.findings, report.events, report.seals) == ([], 10, 2)


def test_an_event_that_commits_late_is_sealed_later(owner_sql: psycopg.Connection) -> None:
    events(1)
    audit.seal()
    events(1)
    owner_sql.execute(
        "UPDATE audit_event SET xid = '1'::xid8 WHERE id = (SELECT max(id::text)::uuid FROM audit_event)"
    )
    assert audit.seal() == 1
    assert kinds() == []


def test_two_sealers_do_not_meet(owner_sql: psycopg.Connection) -> None:
    events(1)
    with owner_sql.transaction():
        owner_sql.execute("SELECT pg_advisory_xact_lock(%s)", [0x68645F7365616C])
        assert audit.seal() == 0
    assert audit.seal() == 1


def test_a_change_of_any_column_is_found(owner_sql: psycopg.Connection) -> None:
    target = events(3)[1]
    audit.seal()
    owner_sql.execute("CREATE TEMP TABLE kept AS SELECT * FROM audit_event WHERE id = %s", [target])
    for column, value in CHANGES.items():
        owner_sql.execute(f"UPDATE audit_event SET {column} = {value} WHERE id = %s", [target])
        [finding] = verify().findings
        assert (column, finding.kind, str(target) in finding.where) == (column, "changed", True)
        owner_sql.execute("DELETE FROM audit_event WHERE id = %s", [target])
        owner_sql.execute("INSERT INTO audit_event SELECT * FROM kept")
    owner_sql.execute("DROP TABLE kept")
    assert kinds() == []


def test_every_column_is_tried(owner_sql: psycopg.Connection) -> None:
    columns = owner_sql.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = 'audit_event'::regclass AND attnum > 0"
    ).fetchall()
    assert {name for (name,) in columns} == {*CHANGES, "id"}  # another id is a deletion and an insertion


def test_a_change_before_sealing_is_found_too(owner_sql: psycopg.Connection) -> None:
    target = events(3)[1]
    owner_sql.execute("UPDATE audit_event SET reason = '补' WHERE id = %s", [target])
    audit.seal()
    [finding] = verify().findings
    assert (finding.kind, str(target) in finding.where) == ("inserted", True)


def test_a_deleted_row_is_found(owner_sql: psycopg.Connection) -> None:
    target = events(3)[1]
    audit.seal()
    owner_sql.execute("DELETE FROM audit_event WHERE id = %s", [target])
    [finding] = verify().findings
    assert (finding.kind, str(target) in finding.where) == ("removed", True)


def test_a_row_deleted_with_its_leaf_is_found(owner_sql: psycopg.Connection) -> None:
    target = events(3)[1]
    audit.seal()
    owner_sql.execute("DELETE FROM audit_event WHERE id = %s", [target])
    owner_sql.execute("DELETE FROM audit_leaf WHERE event_id = %s", [target])
    assert kinds() == ["chain"]


COPIED = ["gen_random_uuid(), at", "id, at + interval '1 second'"]
COPY = """INSERT INTO audit_event SELECT {key}, xid, person, post, actor_name, organ, kind,
 verb, subject, case_id, reason, data, request_id, mac FROM audit_event LIMIT 1"""


@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.parametrize("key", COPIED)
def test_an_inserted_row_is_found(owner_sql: psycopg.Connection, key: str, sealed: bool) -> None:  # noqa: FBT001
    events(3)
    audit.seal()
    owner_sql.execute(COPY.format(key=key))
    if sealed:
        audit.seal()
    assert kinds() == ["inserted"]


def test_a_row_that_appears_long_after_its_time_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even with the key of the codes: the seals in between did not hold it."""
    events(2)
    audit.seal()
    monkeypatch.setattr("hongdun.audit.actions.recording.now", lambda: clock.now() - timedelta(minutes=20))
    events(1)
    monkeypatch.undo()
    assert kinds() == ["inserted"]
    audit.seal()
    assert kinds() == ["inserted"]


def test_a_cut_tail_is_found(owner_sql: psycopg.Connection) -> None:
    for _ in range(3):
        events(1)
        audit.seal()
    owner_sql.execute("DELETE FROM audit_event WHERE id = (SELECT event_id FROM audit_leaf WHERE seal = 3)")
    owner_sql.execute("DELETE FROM audit_leaf WHERE seal = 3")
    owner_sql.execute("DELETE FROM audit_seal WHERE n = 3")
    assert kinds() == ["tail"]
    events(1)
    audit.seal()
    assert kinds() == ["tail"]
    assert heads_file().read_text().count('"n":3,') == 2


def test_a_seal_without_its_row_is_found(owner_sql: psycopg.Connection) -> None:
    for _ in range(3):
        events(1)
        audit.seal()
    owner_sql.execute("DELETE FROM audit_seal WHERE n = 2")
    assert kinds() == ["chain", "chain", "tail"]


@pytest.mark.parametrize("column", ["root", "prev", "hash", "count", "at", "first_at"])
def test_a_changed_seal_is_found(owner_sql: psycopg.Connection, column: str) -> None:
    for _ in range(2):
        events(1)
        audit.seal()
    value = {"count": "2", "at": "now()", "first_at": "now()"}.get(column, "'\\x01'::bytea")
    owner_sql.execute(f"UPDATE audit_seal SET {column} = {value} WHERE n = 1")
    assert "chain" in kinds()


def test_heads_left_unwritten_by_a_crash_are_caught_up(monkeypatch: pytest.MonkeyPatch) -> None:
    events(1)
    audit.seal()
    events(1)
    with monkeypatch.context() as patch:
        patch.setattr("hongdun.audit.actions.sealing._append", lambda *_: None)
        audit.seal()
    with heads_file().open("a") as file:
        file.write('{"node":4500')  # torn by the crash
    audit.seal()
    assert [line.count('"n":2,') for line in heads_file().read_text().splitlines()] == [0, 0, 1]
    assert kinds() == []


def test_a_missing_heads_file_is_told_and_not_quietly_made_anew() -> None:
    for _ in range(2):
        events(1)
        audit.seal()
    heads_file().unlink()
    assert kinds() == ["tail"]
    events(1)
    audit.seal()
    assert kinds() == ["tail"]


def test_the_command_says_which_and_fails(owner_sql: psycopg.Connection) -> None:
    target = events(3)[0]
    audit.seal()
    call_command("audit_verify", stdout=(out := io.StringIO()))
    assert "未发现问题" in out.getvalue()
    owner_sql.execute("UPDATE audit_event SET organ = 450200000 WHERE id = %s", [target])
    with pytest.raises(SystemExit) as exit_:
        call_command("audit_verify", "--json", stdout=(out := io.StringIO()))
    assert exit_.value.code == 1
    body = json.loads(out.getvalue())
    assert (body["count"], body["findings"][0]["kind"]) == (1, "changed")
    assert str(target) in body["findings"][0]["where"]


def test_the_actor_s_name_does_not_hide_in_the_seal() -> None:
    """Seals are open to anyone, so they hold hashes and times only."""
    with system_scope("测试"):
        audit.record("case.opened", actor=officer(name="不可外泄"), subject="x")
    audit.seal()
    assert "不可外泄" not in heads_file().read_text()
