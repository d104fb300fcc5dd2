from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.runtime.builders import discard

if TYPE_CHECKING:
    from collections.abc import Iterator

collect_ignore = [] if os.geteuid() == 0 else ["test_pglocal_as_root.py"]


@pytest.fixture
def home() -> Iterator[Path]:
    """A home that the server's user can reach; pytest's own temporary folders are closed to it."""
    folder = Path(tempfile.mkdtemp(prefix="hongdun-runtime-"))
    folder.chmod(0o755)
    yield folder / "home"
    for each in folder.iterdir():
        discard(each)
    shutil.rmtree(folder, ignore_errors=True)
