"""Browser assets: locked by hash without addresses, free of foreign fonts, and small."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

import hongdun

ROOT = Path(hongdun.__file__).parent.parent
STATIC = ROOT / "hongdun" / "site" / "static"
VENDOR = STATIC / "vendor"
PUBLIC = ["vendor/govuk-frontend.min.css", "css/hd.css", "css/hd-print.css", "img/shield.svg"]
PUBLIC_JS = ["vendor/govuk-frontend.min.js", "js/hd.js", "js/autosave.js"]
OFFICE = ["css/hd-office.css", "js/keys.js"]
ISLAND = ["vendor/bpmn-navigated-viewer.min.js", "vendor/diagram-js.css", "vendor/bpmn-js.css", "js/bpmn.js"]


def kilobytes(*paths: Path) -> float:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths) / 1024


def static(*names: str) -> list[Path]:
    return [STATIC / name for name in names]


def test_every_package_is_locked_by_hash_and_none_by_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    packages = {place: entry for place, entry in lock["packages"].items() if place}
    assert packages
    assert [place for place, entry in packages.items() if "integrity" not in entry] == []
    assert not re.search(r"https?://", (ROOT / "package-lock.json").read_text("utf-8"))


def test_wanted_versions_are_exact() -> None:
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))
    versions = {**wanted["dependencies"], **wanted["devDependencies"]}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions.values()), versions


@pytest.mark.parametrize("name", ["govuk-frontend.min.css", "diagram-js.css", "bpmn-js.css"])
def test_a_built_style_sheet_fetches_nothing_and_uses_our_font(name: str) -> None:
    text = (VENDOR / name).read_text("utf-8")
    assert "GDS Transport" not in text
    assert "@font-face" not in text
    assert "url(" not in text
    assert "sourceMappingURL" not in text


def test_licences_of_what_is_shipped_are_shipped() -> None:
    text = (VENDOR / "LICENSES.txt").read_text("utf-8")
    assert "govuk-frontend 6.6.0 (MIT)" in text
    assert "The source code responsible for displaying the bpmn.io project watermark" in text


def test_pages_stay_within_their_budgets() -> None:
    public_js, public = static(*PUBLIC_JS), static(*PUBLIC, *PUBLIC_JS)
    office = [*public, *static(*OFFICE)]
    assert kilobytes(*public_js) <= 40
    assert kilobytes(*public) <= 60  # of 100: the page itself needs the rest
    assert kilobytes(*office) <= 120  # of 200
    assert kilobytes(*office, *static(*ISLAND)) <= 250  # of 450
