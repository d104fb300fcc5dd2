from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper


@pytest.fixture(autouse=True)
def _own_heads(settings: SettingsWrapper, tmp_path: Path) -> None:
    """Each test starts a chain of its own, so its heads must not stand in another's file."""
    settings.HONGDUN_HOME = tmp_path
