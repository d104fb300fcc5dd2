"""The disk fills up: submitting is refused in words, reading goes on, and room brings everything back."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cluster import ROOT
from tests.drill.instance import Product, free_port
from tests.runtime.builders import discard

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.drill

DISK = "700m"
LEFT_BYTES = 60_000_000


def may_mount() -> bool:
    """Asks by doing: whether mounting is allowed can't be read from anywhere."""
    folder = tempfile.mkdtemp(prefix="hongdun-mount-")
    try:
        return os.geteuid() == 0 and mount(folder)
    finally:
        subprocess.run(["umount", folder], stderr=subprocess.DEVNULL, check=False)
        Path(folder).rmdir()


def mount(folder: str) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK},mode=755", "tmpfs", folder]
    return subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode == 0


@pytest.fixture
def small_disk() -> Iterator[Product]:
    folder = Path(tempfile.mkdtemp(prefix="hongdun-drill-"))
    assert mount(str(folder))
    product = Product(folder / "home", free_port())
    product.hongdun("up", "--no-demo")
    yield product
    product.hongdun("down")
    discard(product.home)
    subprocess.run(["umount", str(folder)], check=True)
    folder.rmdir()


def answer(product: Product, path: str, *, post: bool = False) -> tuple[int, str]:
    request = urllib.request.Request(f"http://127.0.0.1:{product.port}{path}", data=b"a=1" if post else None)
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def fill_disk(product: Product) -> Path:
    ballast = product.home / "ballast"
    with ballast.open("wb") as file:
        while shutil.disk_usage(product.home).free > LEFT_BYTES:
            file.write(bytes(1_000_000))
            file.flush()
    return ballast


def open_cases(product: Product, count: int) -> None:
    code = (
        "import django; django.setup()\n"
        "from tests.cases import builders as make\n"
        f"who = make.applicant(); [make.case(by=who) for _ in range({count})]"
    )
    command = [sys.executable, "-c", code]
    subprocess.run(command, cwd=ROOT, env=product.environment(), check=True)


def cases(product: Product) -> int:
    with product.owner() as db:
        row = db.execute("SELECT count(*) FROM cases_case").fetchone()
    assert row is not None
    return int(row[0])


def test_disk_full(small_disk: Product) -> None:
    open_cases(small_disk, 20)
    ballast = fill_disk(small_disk)
    status, failing = small_disk.ready()
    assert status == 503
    assert "请清理或扩容" in failing["disk"]
    status, page = answer(small_disk, "/account/login/", post=True)
    assert status == 503
    assert "暂时只能查询，不能提交" in page
    assert answer(small_disk, "/account/login/")[0] == 200
    assert answer(small_disk, "/livez")[0] == 200
    assert cases(small_disk) == 20
    ballast.unlink()
    small_disk.wait_ready()
    open_cases(small_disk, 5)
    assert cases(small_disk) == 25
