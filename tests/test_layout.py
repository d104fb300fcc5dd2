"""What holds for every file of the project."""

from __future__ import annotations

import configparser
import re
import subprocess

from tests.cluster import ROOT

LONGEST_FILE = 300
# Packages whose modules have plain names of their own instead of an app's closed vocabulary.
FREE = {"lib", "base", "documents", "calls", "site"}
UNFINISHED = re.compile(
    r"\b(TODO|FIXME|XXX|HACK)\b|pytest\.mark\.(?:skip|xfail)\b|待完善|待实现|敬请期待|占位"
)
FOREIGN = re.compile(r"(?<![\w.])/(?:root|work|home/\w+)/|/tmp/hd\b")


def tracked(*patterns: str) -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


def test_no_file_is_long() -> None:
    lengths = {
        name: len((ROOT / name).read_text().splitlines()) for name in tracked("*.py", "*.html", "*.js")
    }
    generated = re.compile(r"/migrations/")
    long = {n: count for n, count in lengths.items() if count > LONGEST_FILE and not generated.search(n)}
    assert long == {}


def test_nothing_is_left_unfinished() -> None:
    found = [
        f"{name}: {match[0]}"
        for name in tracked("*.py", "*.html", "*.js", "*.typ", "Makefile")
        if name != "tests/test_layout.py" and (match := UNFINISHED.search((ROOT / name).read_text()))
    ]
    assert found == []


def test_no_place_of_one_machine() -> None:
    found = [
        f"{name}: {match[0]}"
        for name in tracked("*.py", "*.html", "*.md", "*.toml", "*.txt", "Makefile", ".ci/*")
        if name != "tests/test_layout.py" and (match := FOREIGN.search((ROOT / name).read_text()))
    ]
    assert found == []


def test_every_app_keeps_to_the_vocabulary() -> None:
    """A new app must be named in the import contract, or nothing would watch it."""
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter")
    watched = set(contract["importlinter:contract:inside"]["containers"].split())
    apps = {path.parent.name for path in (ROOT / "hongdun").glob("*/apps.py")} - FREE
    assert {f"hongdun.{app}" for app in apps} <= watched
