from __future__ import annotations

import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.calls import exchange as exchanges
from tests.drill.instance import Product, free_port
from tests.drill.test_disk_full import may_mount
from tests.runtime.builders import discard

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def product() -> Iterator[Product]:
    with _running(telephones=False) as found:
        yield found


@pytest.fixture
def telephone_product() -> Iterator[Product]:
    if lacking := exchanges.lacking():
        pytest.fail(f"缺少 {'、'.join(lacking)}，不能演练电话")
    with _running(telephones=True) as found:
        yield found


@contextmanager
def _running(*, telephones: bool) -> Iterator[Product]:
    folder = Path(tempfile.mkdtemp(prefix="hongdun-drill-"))
    folder.chmod(0o755)
    port = exchanges.free_port() if telephones else free_port()
    found = Product(folder / "home", port, telephones=telephones)
    found.hongdun("up", "--no-demo")
    yield found
    found.hongdun("down")
    discard(found.home)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Left out, and said so, where mounting a small disk isn't allowed."""
    mounting = [item for item in items if item.path.name == "test_disk_full.py"]
    if mounting and not may_mount():
        items[:] = [item for item in items if item not in mounting]
        config.hook.pytest_deselected(items=mounting)
        sys.stdout.write("\n!!! 没有挂载权限，略去磁盘写满的演练 !!!\n")
