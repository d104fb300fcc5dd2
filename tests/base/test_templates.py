"""Templates and scripts of every app hold nothing inline, since the content policy allows none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import hongdun

PACKAGE = Path(hongdun.__file__).parent
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
SCRIPTS = sorted((PACKAGE / "site" / "static" / "js").rglob("*.js"))
FORBIDDEN = {
    "内联脚本": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")"),
    "内联样式": re.compile(r"<style|\sstyle="),
    "内联事件": re.compile(r"\son[a-z]+=\"|\shx-on"),
    "javascript 链接": re.compile(r"javascript:", re.IGNORECASE),
    "外部资源": re.compile(r"(?:src|srcset)=\"https?:|<link[^>]*href=\"https?:"),
    "未转义的输出": re.compile(r"\|\s*safe\b|autoescape off"),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_template_holds_no_inline_code(path: Path) -> None:
    text = path.read_text("utf-8")
    found = [what for what, pattern in FORBIDDEN.items() if pattern.search(text)]
    assert not found, f"{path.relative_to(PACKAGE)} 含有{'、'.join(found)}"


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_builds_no_markup_from_text(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text
    )
    assert "https://" not in text
