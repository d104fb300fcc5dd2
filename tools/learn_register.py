"""Count what real register rows look like, for `hongdun generate-entities`; writes hongdun/register/tables/.

    python tools/learn_register.py FILE    # CSV or CSV.zst as import-entities reads it

Only counts of single characters, words and amounts leave the file: no name, person or address of a row.
"""

import csv
import re
import sys
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from hongdun.lib import divisions, entityrows, organs, tabular

TABLES = Path(__file__).parent.parent / "hongdun" / "register" / "tables"
DIVISIONS = TABLES.parent.parent / "org" / "tables" / "divisions.csv"
FORM = re.compile(r"(有限责任公司|股份有限公司|有限公司|(农民)?专业合作社)$")
PLACE = re.compile(
    r"^(?:广西(?:壮族自治区)?)?(?:[\u4e00-\u9fff]{2,6}?(?:自治县|市|县|区))?(?:南宁|柳州|桂林|梧州|北海|防城港|钦州|贵港|玉林|百色|贺州|河池|来宾|崇左)?"
)
STREET = re.compile(r"[\u4e00-\u9fff]{2,3}(?:大道|路|街)")
PHRASE = re.compile(r"[\u4e00-\u9fff]{3,10}")
TRADE_NAME = re.compile(r"[\u4e00-\u9fff]{2}")
PERSON_NAME = re.compile(r"[\u4e00-\u9fff]{2,3}")
SELDOM = 2


def main(path: Path) -> None:
    reader = entityrows.Reader(divisions.read(DIVISIONS.read_text("utf-8").splitlines()), 450000000, date.max)
    rows = [reader.read(row) for row in tabular.Table(path, entityrows.COLUMNS) if isinstance(row, dict)]
    words = _industries(rows)
    _scopes(rows, words)
    _characters(rows, words)
    _people(rows)
    _places(rows)
    _capitals(rows)


def _bare(name: str) -> str:
    return PLACE.sub("", FORM.sub("", name.split("（", maxsplit=1)[0]))


def _industries(rows: list[entityrows.Row]) -> list[str]:
    """Fill in the counts of companies; those of other forms are estimates, the file holds too few."""
    path = TABLES / "industries.csv"
    with path.open(encoding="utf-8", newline="") as file:
        known = list(csv.DictReader(file))
    words = sorted((row["word"] for row in known if row["form"] == "company"), key=len, reverse=True)
    counts = Counter(_word(row.particulars.name, words) for row in rows if FORM.search(row.particulars.name))
    for row in known:
        if row["form"] == "company":
            row["count"] = str(counts[row["word"]])
    _write("industries", known[0].keys(), [list(row.values()) for row in known])
    return words


def _word(name: str, words: list[str]) -> str:
    bare = _bare(name)
    return next((word for word in words if bare.endswith(word) and len(bare) > len(word) + 1), "")


def _scopes(rows: list[entityrows.Row], words: list[str]) -> None:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        word = _word(row.particulars.name, words)
        for phrase in re.split(r"[、；，。;,（）]", row.particulars.scope.text)[:12]:
            if PHRASE.fullmatch(phrase):
                found[word][phrase] += 1
    _write("scopes", ["word", "phrase", "count"],
           [[word, *pair] for word in words for pair in found[word].most_common(8) if pair[1] > SELDOM])  # fmt: skip


def _characters(rows: list[entityrows.Row], words: list[str]) -> None:
    places: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for row in rows:
        word = _word(row.particulars.name, words)
        trade = _bare(row.particulars.name).removesuffix(word) if word else ""
        if TRADE_NAME.fullmatch(trade):
            for place, character in enumerate(trade):
                places[place][character] += 1
    _write("trade_names", ["place", "character", "count"],
           [[place, *pair] for place in (0, 1) for pair in places[place].most_common(320)])  # fmt: skip


def _people(rows: list[entityrows.Row]) -> None:
    places: tuple[Counter[str], Counter[str], Counter[str]] = (Counter(), Counter(), Counter())
    for row in rows:
        name = row.particulars.representative
        if PERSON_NAME.fullmatch(name):
            for place, character in enumerate(name):
                places[place][character] += 1
    _write("person_names", ["place", "character", "count"],
           [[place, *pair] for place, most in ((0, 160), (1, 240), (2, 240))
            for pair in places[place].most_common(most)])  # fmt: skip


def _places(rows: list[entityrows.Row]) -> None:
    counties: Counter[int] = Counter()
    streets: dict[int, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if organs.level(row.organ) == organs.COUNTY:
            counties[row.organ] += 1
            text = re.sub(r".*[市县区镇乡]", "", row.particulars.domicile.text)
            if found := STREET.match(text):
                streets[row.organ][found.group()] += 1
    _write("counties", ["organ", "count"], sorted(counties.items()))
    _write("streets", ["organ", "street", "count"],
           [[organ, *pair] for organ in sorted(streets) for pair in streets[organ].most_common(8) if pair[1] > 1])  # fmt: skip


def _capitals(rows: list[entityrows.Row]) -> None:
    found: dict[str, Counter[int]] = defaultdict(Counter)
    for row in rows:
        money = row.particulars.capital
        if money and money.currency == "CNY" and money.amount == int(money.amount):
            found[row.particulars.kind][int(money.amount)] += 1
    _write("capitals", ["kind", "yuan", "count"],
           [[kind, *pair] for kind in ("enterprise", "cooperative") for pair in found[kind].most_common(40)])  # fmt: skip


def _write(name: str, head: object, rows: list[object]) -> None:
    with (TABLES / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
