"""What holds for the project beside its code: the glossary, the locks, the templates, the documentation."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from hongdun.cases.procedure import REGISTERED
from tests.cases import procedures
from tests.cluster import ROOT
from tests.test_layout import tracked

if TYPE_CHECKING:
    from pathlib import Path

REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|npmmirror|/simple/?(?:\s|$)|--index-url"
)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|<img[^>]*\ssrc=\"([^\"]+)\"")
FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*$", re.MULTILINE)
# Chosen by a value at run time, so their names stand nowhere in full.
CHOSEN = re.compile(r"(?:\d{3}|govuk/\w+|procedures/[\w.]+/facts)\.html")
DOCUMENTS = [name for name in tracked("*.md") if not name.startswith("tests/")]


def test_every_label_of_a_procedure_is_in_the_glossary() -> None:
    own = {procedure.code for procedure in procedures.ALL}
    released = [procedure for procedure in REGISTERED.values() if procedure.code not in own]
    assert released
    labels = {procedure.label for procedure in released}
    for procedure in released:
        for step in procedure.steps.values():
            labels |= {step.label, *(outcome.label for outcome in step.outcomes.values())}
    assert labels - terms() == set()


def terms() -> set[str]:
    """Every Chinese term of the glossary's first column, alternatives apart."""
    text = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    cells = [line.split("|")[1] for line in text.splitlines() if line.startswith("| ")]
    return {term.strip() for cell in cells for term in cell.split(" / ")}


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt", ".npmrc"])
def test_a_lock_names_no_address(lock: str) -> None:
    assert not re.search(r"https?://", (ROOT / lock).read_text("utf-8"))


def test_no_file_names_a_registry() -> None:
    found = [
        f"{name}: {match[0]}"
        for name in tracked(
            "*.py", "*.txt", "*.in", "*.toml", "*.md", "*.json", "Makefile", ".npmrc", ".ci/*"
        )
        if name != "tests/test_project.py" and (match := REGISTRY.search((ROOT / name).read_text("utf-8")))
    ]
    assert found == []


def test_every_template_is_used() -> None:
    templates = {name.split("/templates/", 1)[1]: name for name in tracked("hongdun/*/templates/**.html")}
    texts = {name: (ROOT / name).read_text("utf-8") for name in tracked("hongdun/*.py", "hongdun/*.html")}
    unused = [
        place
        for name, place in templates.items()
        if not CHOSEN.fullmatch(name) and not any(name in text for n, text in texts.items() if n != place)
    ]
    assert unused == []


@pytest.mark.slow
def test_settings_of_production_pass_djangos_deployment_check(tmp_path: Path) -> None:
    environment = os.environ | {
        "HONGDUN_HOME": str(tmp_path),
        "HONGDUN_PRODUCTION": "1",
        "DJANGO_SETTINGS_MODULE": "hongdun.site.settings",
    }
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_of_a_document_lead_somewhere(name: str) -> None:
    document = ROOT / name
    text = FENCED.sub("", document.read_text("utf-8"))
    links = [unquote(first or second) for first, second in LINK.findall(text)]
    own = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in own if not _leads(document, link)] == []


def _leads(document: Path, link: str) -> bool:
    place, _, anchor = link.partition("#")
    target = (document.parent / place).resolve() if place else document
    return target.exists() and (not anchor or anchor in _anchors(target))


def _anchors(document: Path) -> set[str]:
    """Names of headings as GitHub and Gitea make them."""
    headings = HEADING.findall(FENCED.sub("", document.read_text("utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}
