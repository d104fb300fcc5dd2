"""Make .venv from the lock files; with the standard library only, on Python 3.11 or newer.

`python3 tools/setup.py` installs what running needs, `--dev` also what testing needs. Quick when up to date.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
CONSOLE = """#!{python}
import sys

from hongdun.site.cli import main

sys.exit(main())
"""


def main() -> None:
    if sys.version_info < OLDEST:
        sys.exit(f"需要 Python 3.11 或更新的版本，现在是 {sys.version.split()[0]}（{sys.executable}）。")
    locks = ["requirements.txt", *(["requirements-dev.txt"] if "--dev" in sys.argv else [])]
    stamp = VENV / f".installed-{'-'.join(Path(lock).stem for lock in locks)}"
    wanted = hashlib.sha256(b"".join((ROOT / lock).read_bytes() for lock in locks)).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted and PYTHON.exists():
        return
    if not PYTHON.exists():
        create()
    for lock in locks:
        install(ROOT / lock)
    link()
    stamp.write_text(wanted)


def create() -> None:
    print("建立 .venv …", flush=True)
    if uv := shutil.which("uv"):
        run(uv, "venv", "--quiet", "--python", sys.executable, VENV)
    elif not created_by_venv() and not (installed_venv() and created_by_venv()):
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit("不能建立虚拟环境：请安装 python3-venv（Debian：apt-get install python3-venv）后重试。")


def created_by_venv() -> bool:
    shutil.rmtree(VENV, ignore_errors=True)
    done = subprocess.run([sys.executable, "-m", "venv", VENV], stdout=subprocess.DEVNULL, check=False)
    return done.returncode == 0


def installed_venv() -> bool:
    """Debian ships Python without the part that makes virtual environments."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    commands = (["apt-get", "update", "-q"], ["apt-get", "install", "-qy", "python3-venv"])
    return all(subprocess.run(each, env=environment, check=False).returncode == 0 for each in commands)


def install(lock: Path) -> None:
    print(f"安装 {lock.name} …", flush=True)
    if uv := shutil.which("uv"):
        run(uv, "pip", "install", "--quiet", "--python", PYTHON, "--require-hashes", "-r", lock)
    else:
        options = ("--quiet", "--disable-pip-version-check", "--no-input")
        run(PYTHON, "-m", "pip", "install", *options, "--require-hashes", "-r", lock)


def link() -> None:
    """Make the project importable from everywhere, and its console a program."""
    (packages,) = (VENV / "lib").glob("python3.*/site-packages")
    (packages / "hongdun.pth").write_text(f"{ROOT}\n")
    console = VENV / "bin" / "hongdun"
    console.write_text(CONSOLE.format(python=PYTHON))
    console.chmod(0o755)


def run(*command: str | Path) -> None:
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    if code:
        sys.exit(f"命令失败（{code}）：{' '.join(map(str, command))}")


if __name__ == "__main__":
    main()
