from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper


@pytest.fixture(autouse=True)
def home(settings: SettingsWrapper, tmp_path: Path) -> Path:
    """Give each test a data directory of its own: keys, files and fonts start empty."""
    settings.HONGDUN_HOME = tmp_path
    return tmp_path
