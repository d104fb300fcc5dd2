"""Count the words for a business at the end of real names; writes hongdun/lib/names/tables/industry_words.csv.

    python tools/learn_names.py FILE…    # CSV or CSV.zst with a column `name`

A word is what many different trade names stand before: it is kept if it is frequent, and if no single character stands
before it most of the time (then it is the end of a longer word). Only words and their counts leave the files.
"""

import csv
import io
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import zstandard

sys.path.insert(0, str(Path(__file__).parent.parent))

from hongdun.lib import text
from hongdun.lib.names import forms, places

TABLE = Path(__file__).parent.parent / "hongdun" / "lib" / "names" / "tables" / "industry_words.csv"
LONGEST = 8
SELDOM = 40
# Where one character stands before a word so often, the word is a part of a longer one.
BOUND = 0.4
# A single character before a word makes no longer word if the word mostly goes without: it ends a trade name (泰商贸).
SHARE = 0.1
MATERIALS = frozenset("肉木草竹纸糖铁铝石棉皮豆水电茶菌布农油")
# Trade names and ordinals that very many share.
NO_BUSINESS = (
    "业",
    "伟业",
    "世纪",
    "时代",
    "丰田",
    "集团",
    "第",
    "村",
    "县",
    "镇",
    "一门",
    "二门",
    "三门",
    "四门",
    "街",
    "路",
)
SHORTEST_TRADE = 2


def main(paths: list[Path]) -> None:
    cores = {core for path in paths for name in names(path) if (core := bare(name))}
    counts: Counter[str] = Counter()
    before: Counter[str] = Counter()
    for core in cores:
        for size in range(2, min(LONGEST, len(core) - SHORTEST_TRADE) + 1):
            counts[core[-size:]] += 1
    for core in cores:
        for size in range(2, min(LONGEST, len(core) - SHORTEST_TRADE) + 1):
            if counts[core[-size:]] >= SELDOM:
                before[core[-size - 1 :]] += 1
    most: dict[str, int] = {}
    for longer, count in before.items():
        most[longer[1:]] = max(most.get(longer[1:], 0), count)
    kept = {word: count for word, count in counts.items() if count >= SELDOM and most[word] <= BOUND * count}
    kept = without_trade_ends(kept)
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["word", "count"])
        writer.writerows(sorted(kept.items(), key=lambda item: (-item[1], item[0])))


def without_trade_ends(words: dict[str, int]) -> dict[str, int]:
    def mixed(word: str, count: int) -> bool:
        return count < SHARE * words.get(word[1:], 0) and word[0] not in MATERIALS

    return {w: n for w, n in words.items() if not mixed(w, n) and not w.startswith(NO_BUSINESS)}


def bare(name: str) -> str:
    """Trade name and business of a name without place and form; empty for branches."""
    name = text.normalise_name(name)
    if forms.branch(name):
        return ""
    core, _ = forms.split(name)
    found = places.at_head(core)
    core = core[found.length :] if found else core
    return "" if "（" in core or not all("\u4e00" <= each <= "\u9fff" for each in core) else core


def names(path: Path) -> Iterator[str]:
    with path.open("rb") as raw:
        data = zstandard.ZstdDecompressor().stream_reader(raw) if path.suffix == ".zst" else raw
        for row in csv.DictReader(io.TextIOWrapper(data, encoding="utf-8")):
            yield row["name"]


if __name__ == "__main__":
    main([Path(each) for each in sys.argv[1:]])
