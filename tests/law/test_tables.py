"""The tables against themselves and, where the reference data is there, against the statutes."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from hongdun.lib.articles import numeral, reference

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, str]


def table(name: str) -> list[Row]:
    with (files("hongdun.law") / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


STATUTES = {row["code"]: row for row in table("statutes")}
RULES, GROUNDS, DOCUMENTS = table("rules"), table("grounds"), table("required_documents")
CITING = [*RULES, *GROUNDS, *DOCUMENTS]


def test_every_row_cites_a_statute_that_was_in_force_all_its_time() -> None:
    for row in CITING:
        statute = STATUTES[row["statute"]]
        assert statute["valid_from"] <= row["valid_from"], row
        assert not statute["valid_to"] or "" < row["valid_to"] <= statute["valid_to"], row
        assert reference(row["article"]).startswith("第"), row


@pytest.mark.parametrize("rows", [RULES, GROUNDS], ids=["rules", "grounds"])
def test_of_one_code_only_one_row_is_in_force_on_a_day(rows: list[Row]) -> None:
    ordered = sorted(rows, key=lambda row: (row["code"], row["valid_from"]))
    for earlier, later in pairwise(ordered):
        if earlier["code"] == later["code"]:
            assert "" < earlier["valid_to"] < later["valid_from"], (earlier, later)


def test_a_new_regime_begins_the_day_after_the_old_one_ended() -> None:
    ends = {row["code"]: row["valid_to"] for row in RULES if row["valid_to"]}
    for row in RULES:
        if row["code"] in ends and not row["valid_to"]:
            assert date.fromisoformat(row["valid_from"]) == date.fromisoformat(ends[row["code"]]) + timedelta(
                1
            )


def test_every_extension_belongs_to_a_limit_of_the_same_unit() -> None:
    limits = {row["code"]: row for row in RULES}
    extensions = [row for row in RULES if row["code"].endswith("_extension") and row["binds"] == "authority"]
    assert len(extensions) == 4
    for row in extensions:
        assert limits[row["code"].removesuffix("_extension")]["unit"] == row["unit"]


def articles_of(law: Path) -> dict[str, list[str]]:
    """Paragraphs (with their items) of each article, by its number as the text writes it."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in law.read_text("utf-8").splitlines():
        start = re.match(r"(第[一二三四五六七八九十百千零]+条)\s(.*)", line)
        if start:
            current = found.setdefault(start[1], [])
            current.append(start[2])
        elif line.startswith(("（", "(")) and current:
            current[-1] += "\n" + line.replace("(", "（").replace(")", "）")
        elif line and not line.startswith("#"):
            current.append(line)
    return found


def passage(law: Path, article: str) -> str:
    """The words that a reference points to: an article, one of its paragraphs or one item."""
    number, paragraph, item = [*article.split("/"), "", ""][:3]
    paragraphs = articles_of(law)[f"第{numeral(int(number))}条"]
    text = paragraphs[int(paragraph) - 1] if paragraph else "\n".join(paragraphs)
    if not item:
        return text
    marker = f"（{numeral(int(item))}）"
    return text.split("\n")[0] + next(line for line in text.split("\n") if line.startswith(marker))


def law_of(row: Row, shared: Path) -> Path | None:
    """The older text of a repealed statute, else the newest; None where the reference data hasn't it."""
    statute = STATUTES[row["statute"]]
    short = statute["short"]
    texts = sorted((shared / "laws" / "text").glob(f"{short}_*.md"))
    if not texts or "1989" in statute["code"]:
        return None
    return texts[0] if statute["valid_to"] else texts[-1]


@pytest.mark.shared
def test_verified_rules_say_what_their_article_says(shared: Path) -> None:
    for row in RULES:
        law = law_of(row, shared)
        assert (law is not None) == (row["verified"] == "1"), row
        if law is None:
            continue
        text, value = passage(law, row["article"]), abs(int(row["value"]))
        dated = row["unit"] in {"date", "monthday"}
        spellings = (
            {"{}月{}日".format(*divmod(value % 10_000, 100))} if dated else {str(value), numeral(value)}
        )
        assert any(spelling in text for spelling in spellings), (row, text)


@pytest.mark.shared
def test_grounds_and_documents_are_in_the_words_of_their_article(shared: Path) -> None:
    for row in [*GROUNDS, *DOCUMENTS]:
        law = law_of(row, shared)
        assert (law is not None) == (row.get("verified", "1") == "1"), row
        if law is None:
            continue
        words = re.findall(r"[\u4e00-\u9fff]", row.get("text") or row["label"])
        text = passage(law, row["article"])
        assert sum(word in text for word in words) >= 0.55 * len(words), (row, text)


@pytest.mark.shared
def test_calendar_is_that_of_the_reference_data(shared: Path) -> None:
    with (shared / "calendar" / "china_holidays.csv").open(encoding="utf-8") as lines:
        theirs = {row["date"]: row["kind"] == "makeup_workday" for row in csv.DictReader(lines)}
    assert {row["date"]: row["workday"] == "1" for row in table("calendar")} == theirs
