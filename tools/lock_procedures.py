"""Freeze procedures: write the hash of every (code, version) to procedures.lock.

A version that is marked as released never changes again: running cases rely on it. `--release` marks all
versions that are not yet; without it, hashes of unreleased versions are brought up to date. `--check` only looks.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "procedures.lock"
sys.path.insert(0, str(ROOT))

Locked = dict[str, dict[str, dict[str, Any]]]


def current() -> dict[tuple[str, str], str]:
    """Hashes of all procedures that the installed apps register."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hongdun.site.settings")
    os.environ.setdefault("HONGDUN_HOME", tempfile.mkdtemp(prefix="hongdun-lock-"))
    import django

    django.setup()
    from hongdun.cases.procedure import REGISTERED

    return {(code, str(version)): p.fingerprint() for (code, version), p in REGISTERED.items()}


def differences(locked: Locked, hashes: dict[tuple[str, str], str]) -> list[str]:
    """Sentences about versions that are missing from the lock or differ from it."""
    found = []
    for (code, version), fingerprint in sorted(hashes.items()):
        entry = locked.get(code, {}).get(version)
        if entry is None:
            found.append(f"{code} 第 {version} 版还没有锁定，请运行 python tools/lock_procedures.py")
        elif entry["hash"] != fingerprint:
            how = (
                "已发布，不能再改：请另建新版本"
                if entry["released"]
                else "请运行 python tools/lock_procedures.py"
            )
            found.append(f"{code} 第 {version} 版与锁定的不一致，{how}")
    gone = {(c, v) for c, versions in locked.items() for v, e in versions.items() if e["released"]} - set(
        hashes
    )
    return [
        *found,
        *(f"{code} 第 {version} 版已发布，不能删除：在办案件还要用它" for code, version in sorted(gone)),
    ]


def relocked(locked: Locked, hashes: dict[tuple[str, str], str], *, release: bool) -> Locked:
    """The lock with unreleased versions brought up to date; raises SystemExit where a released one changed."""
    frozen = {(c, v) for c, versions in locked.items() for v, e in versions.items() if e["released"]}
    broken = [f"{c} 第 {v} 版" for c, v in frozen if hashes.get((c, v)) != locked[c][v]["hash"]]
    if broken:
        raise SystemExit(f"已发布的流程不能更改：{'、'.join(broken)}。请恢复原样，另建新版本。")
    fresh: Locked = {}
    for (code, version), fingerprint in sorted(hashes.items()):
        released = locked.get(code, {}).get(version, {}).get("released")
        fresh.setdefault(code, {})[version] = {
            "hash": fingerprint,
            "released": released or (date.today().isoformat() if release else None),  # noqa: DTZ011 - no Django here
        }
    return fresh


def read() -> Locked:
    locked: Locked = json.loads(LOCK.read_text(encoding="utf-8")) if LOCK.exists() else {}
    return locked


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--release", action="store_true")
    given = parser.parse_args()
    if given.check:
        found = differences(read(), current())
        print("\n".join(found) or "流程与锁定的一致")
        return 1 if found else 0
    fresh = relocked(read(), current(), release=given.release)
    LOCK.write_text(json.dumps(fresh, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
