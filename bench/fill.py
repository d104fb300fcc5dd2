"""Fill the kept database of so many generated entities ahead of the benches that read it; a killed run goes on.

Where it lies: `HONGDUN_BENCH_CLUSTER`, else `var/bench`. `search.py`, `look_up.py` and `snapshot.py` then only measure.
"""

from __future__ import annotations

import argparse
import sys

import place


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000_000)
    given = parser.parse_args()
    with place.filled(given.count) as here:
        rows = here.owner.execute(
            "SELECT count(*), pg_size_pretty(pg_database_size(current_database())) FROM register_entity"
        )
        found, size = rows.fetchone() or (0, "")
    print(f"{here.name}：{found:,} 户，{size}")
    return 0 if found == given.count else 1


if __name__ == "__main__":
    sys.exit(main())
