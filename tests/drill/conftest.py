from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.drill.instance import Product, free_port
from tests.runtime.builders import discard

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def product() -> Iterator[Product]:
    folder = Path(tempfile.mkdtemp(prefix="hongdun-drill-"))
    folder.chmod(0o755)
    found = Product(folder / "home", free_port())
    found.hongdun("up", "--no-demo")
    yield found
    found.hongdun("down")
    discard(found.home)
    shutil.rmtree(folder, ignore_errors=True)
