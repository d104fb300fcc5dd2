"""Count the phrases of business scopes in real entries: `registration/tables/phrases.csv` is made by it anew.

Only phrases that tell one line of business in the words of today's scopes are kept, with how often they stand; neither
names nor whole scopes. `shop`, the place of a phrase among those that shop-keepers tick, is kept as it was.
Usage: python tools/learn_scopes.py <folder with *_enterprises*.csv.zst>
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections import Counter
from pathlib import Path

import zstandard

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "hongdun" / "registration" / "tables" / "phrases.csv"
sys.path.insert(0, str(ROOT))

from hongdun.lib import scopeitems  # noqa: E402

LEAST = 12
# How the lines of business of a standard scope end; a bare list of goods tells no line of business.
TELLING = re.compile(
    r"(?:销售|零售|批发|服务|租赁|开发|咨询|施工|种植|养殖|加工|制造|生产|设计|管理|代理|维修|安装|策划|运输|进出口|制作|经营|活动|培训|工程|外包|集成|研究|推广)$"
)
# Finance and what a single enterprise is entrusted with: no founder may choose it from a list.
BARRED = re.compile(
    r"银行|存款|贷款|外汇|保险|债券|票据|证券|基金|信托|期货|结算|融资|授权|总公司|母公司|本公司|集团|委托|批准|许可|核准|客户|其他|上述|以上|法律|规定|收购本|业务$|保管箱|营销员|^提供|所投资|^生产销售$"
)
PHRASE = re.compile(r"[\u4e00-\u9fff]{4,16}")


def phrases(folder: Path) -> Counter[str]:
    counts: Counter[str] = Counter()
    for path in sorted(folder.glob("*_enterprises*.csv.zst")):
        with path.open("rb") as packed, zstandard.ZstdDecompressor().stream_reader(packed) as raw:
            for row in csv.DictReader(io.TextIOWrapper(raw, "utf-8")):
                found = {item.text for item in scopeitems.split(row["business_scope"] or "").items}
                counts.update(text for text in found if _telling(text))
    return counts


def _telling(text: str) -> bool:
    return bool(PHRASE.fullmatch(text) and TELLING.search(text) and not BARRED.search(text))


def main() -> None:
    with TABLE.open(encoding="utf-8", newline="") as before:
        shop = {row["phrase"]: row["shop"] for row in csv.DictReader(before) if row["shop"]}
    kept = {text: n for text, n in phrases(Path(sys.argv[1])).most_common() if n >= LEAST}
    kept |= {text: 0 for text in shop if text not in kept}
    with TABLE.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["phrase", "count", "shop"])
        writer.writerows((text, n, shop.get(text, "")) for text, n in kept.items())


if __name__ == "__main__":
    main()
