"""Learn wording from public texts; writes learned_objects.csv and learned_destinations.csv of hongdun/lib/complaints.

    python tools/learn_complaints.py FOLDER    # with shopping_reviews, takeaway_reviews, hotline_*.csv(.zst)

A review's category teaches what goods are called and what is said of them; a letter's label teaches which authority it
is meant for. A fifth of the texts, and those labelled by hand, are held back for bench/complaints.py. Only pieces of two or
three characters and their weights leave the texts.
"""

import csv
import io
import re
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from math import log
from pathlib import Path
from typing import NamedTuple

import zstandard

ROOT = Path(__file__).parent.parent
TABLES = ROOT / "hongdun" / "lib" / "complaints" / "tables"
LABELS = ROOT / "tests" / "lib" / "complaint_labels.csv"
OBJECTS = {
    "平板": "10702", "水果": "10104", "洗发水": "10902", "衣服": "10301", "酒店": "20201", "书籍": "11101",
    "计算机": "10701", "手机": "10601", "蒙牛": "10105", "热水器": "10503", "外卖": "20102",
}  # fmt: skip
LETTERS = ("hotline_unlabelled", "hotline_votes", "hotline_with_reply")
# Of the label 商贸旅游 these words mean trade policy or tourism, which market regulation doesn't handle.
NOT_MARKET = re.compile(
    "路标|景区|旅游局|导游|旅游点|逆差|自由贸易|贸易走廊|村淘|噪音|劳动法|尾款|二手房|推销中介"
)
HELD_BACK = 5
SELDOM, PER_CLASS, CLEAR = 10, 400, 1.5
PAIRS, SELDOM_PAIR, READ = 1000, 3, 400
HANZI = re.compile("[\u4e00-\u9fff]+")


class Text(NamedTuple):
    file: str
    id: str
    label: str
    text: str

    @property
    def held_back(self) -> bool:
        return zlib.crc32(self.text.encode()) % HELD_BACK == 0


def main(folder: Path) -> None:
    by_hand = {(row["file"], row["id"]) for row in labels()}
    taught = [each for each in reviews(folder) if not each.held_back and each[:2] not in by_hand]
    others = [each for each in letters(folder) if each[:2] not in by_hand]
    objects = learn_objects(taught, others)
    write("learned_objects", ["gram", "code", "weight"], [[gram, *found] for gram, found in objects.items()])
    pairs = learn_destinations(list(addressed(folder)))
    codes = sorted(next(iter(pairs.values())))
    write(
        "learned_destinations",
        ["gram", *codes],
        [[gram, *(f"{weights[code]:.1f}" for code in codes)] for gram, weights in pairs.items()],
    )


def learn_objects(taught: list[Text], others: list[Text]) -> dict[str, tuple[str, str]]:
    """The pieces that speak for one class against all other reviews and against letters on anything."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    texts: Counter[str] = Counter()
    for each in taught:
        texts[each.label] += 1
        counts[each.label].update(pieces(each.text, (2, 3)))
    total, everywhere = sum(counts.values(), Counter()), Counter[str]()
    for each in others:
        everywhere.update(pieces(each.text[:READ], (2, 3)))
    best: dict[str, tuple[float, str]] = {}
    for code, own in counts.items():
        ranked = []
        for gram, count in own.items():
            if count >= SELDOM:
                rest = (total[gram] - count + 0.5) / (texts.total() - texts[code] + 1)
                weight = log(
                    (count + 0.5) / (texts[code] + 1) / max(rest, (everywhere[gram] + 0.5) / len(others))
                )
                if weight > CLEAR:
                    ranked.append((weight * log(count), weight, gram))
        for _, weight, gram in sorted(ranked, reverse=True)[:PER_CLASS]:
            best[gram] = max(best.get(gram, (0, "")), (weight, code))
    return {gram: (code, f"{weight:.2f}") for gram, (weight, code) in sorted(best.items())}


def learn_destinations(taught: list[Text]) -> dict[str, dict[str, float]]:
    """Naive Bayes as log odds of each pair for each authority, for the pairs that tell them apart best."""
    texts, counts = Counter(each.label for each in taught), defaultdict[str, Counter[str]](Counter)
    for each in taught:
        counts[each.label].update(pieces(each.text[:READ], (2,)))
    total = sum(counts.values(), Counter())

    def telling(gram: str) -> float:
        """Chi squared of the class that stands out most."""
        expected = {code: total[gram] * texts[code] / len(taught) for code in texts}
        return max((counts[code][gram] - expected[code]) ** 2 / expected[code] for code in texts)

    def odds(gram: str, code: str) -> float:
        own, rest = counts[code][gram], total[gram] - counts[code][gram]
        return log((own + 0.3) / (texts[code] + 0.6) / ((rest + 0.3) / (len(taught) - texts[code] + 0.6)))

    frequent = sorted(gram for gram, count in total.items() if count >= SELDOM_PAIR)
    kept = sorted(sorted(frequent, key=telling, reverse=True)[:PAIRS])
    return {gram: {code: odds(gram, code) for code in texts} for gram in kept}


def pieces(text: str, sizes: tuple[int, ...]) -> set[str]:
    return {
        run[place : place + size]
        for run in HANZI.findall(text)
        for size in sizes
        for place in range(len(run) - size + 1)
    }


def reviews(folder: Path) -> Iterator[Text]:
    for number, row in enumerate(rows(folder, "shopping_reviews")):
        yield Text("shopping_reviews", str(number), OBJECTS[row["category"]], bare(row["text"]))
    for number, row in enumerate(rows(folder, "takeaway_reviews")):
        yield Text("takeaway_reviews", str(number), OBJECTS["外卖"], bare(row["text"]))


def letters(folder: Path) -> Iterator[Text]:
    for file in LETTERS:
        for row in rows(folder, file):
            yield Text(file, row["id"], "", bare(f"{row['title']}。{row['text']}"))


def addressed(folder: Path) -> Iterator[Text]:
    """Labelled letters."""
    with (TABLES / "destinations.csv").open(encoding="utf-8") as file:
        codes = {row["taught_by"]: row["code"] for row in csv.DictReader(file)}
    for row in rows(folder, "hotline_labelled"):
        if row["label"] != "商贸旅游" or not NOT_MARKET.search(row["title"]):
            text = bare(f"{row['title']}。{row['text']}")
            yield Text("hotline_labelled", row["id"], codes[row["label"]], text)


def labels() -> list[dict[str, str]]:
    with LABELS.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    packed = folder / f"{name}.csv.zst"
    with (packed if packed.exists() else folder / f"{name}.csv").open("rb") as raw:
        data = zstandard.ZstdDecompressor().stream_reader(raw) if packed.exists() else raw
        yield from csv.DictReader(io.TextIOWrapper(data, encoding="utf-8"))


def bare(text: str) -> str:
    return re.sub(r"\s+|_x000D_", "", text)


def write(name: str, header: list[str], lines: list[list[str]]) -> None:
    with (TABLES / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
