"""Install the system programs that the whole test suite needs, when allowed; say loudly what is missing.

Prints the missing ones; with CI=true a missing one is an error.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
POSTGRESQL_15 = Path("/usr/lib/postgresql/15/bin")
DOVECOT = Path("/usr/sbin/dovecot")
FONTS = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
OWN_CLUSTERS = Path("/etc/postgresql-common/createcluster.conf")


def chromium() -> bool:
    return bool(shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome"))


NEEDED = {
    "chromium": chromium,
    "poppler-utils": lambda: bool(shutil.which("pdftotext")),
    "fonts-noto-cjk": FONTS.exists,
    "postgresql-15": (POSTGRESQL_15 / "initdb").exists,
    "rtpengine-daemon": lambda: bool(shutil.which("rtpengine")),
    "sip-tester": lambda: bool(shutil.which("sipp")),
    "espeak-ng": lambda: bool(shutil.which("espeak-ng")),
    "dovecot-imapd": DOVECOT.exists,
    "sox": lambda: bool(shutil.which("sox")),
}
LEFT_OUT = {
    "chromium": "浏览器测试（-m browser）",
    "poppler-utils": "对打印页面的核对",
    "fonts-noto-cjk": "页面截图中的汉字",
    "postgresql-15": "在 PostgreSQL 15 上的数据库部分（-m db15）",
    "rtpengine-daemon": "电话测试（tests/calls 中的真实通话）",
    "sip-tester": "电话测试（tests/calls 中的真实通话）",
    "espeak-ng": "电话提示语的语音（以提示音代替）",
    "dovecot-imapd": "从真实的 IMAP 服务器收信的测试",
    "sox": "电话提示语的语音（以提示音代替）",
}


def missing() -> list[str]:
    return [package for package, present in NEEDED.items() if not present()]


def install(packages: list[str]) -> None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print(f"安装系统软件包：{' '.join(packages)} …", flush=True)
    # The tests start clusters of their own; Debian's package would create and start one more.
    if "postgresql-15" in packages and not OWN_CLUSTERS.exists():
        OWN_CLUSTERS.parent.mkdir(parents=True, exist_ok=True)
        OWN_CLUSTERS.write_text("create_main_cluster = false\n")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    keep = ("-o", "Dpkg::Options::=--force-confold")
    subprocess.run(["apt-get", "update", "-q"], env=environment, stdout=subprocess.DEVNULL, check=False)
    command = ["apt-get", "install", "-qy", "--no-install-recommends", *keep, *packages]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout[-2000:], done.stderr[-2000:], sep="\n")


def main() -> int:
    if lacking := missing():
        install(lacking)
    still = missing()
    for package in still:
        print(
            f"\n!!! 缺少 {package}：略去 {LEFT_OUT[package]}。安装：apt-get install {package} !!!\n",
            flush=True,
        )
    return 1 if still and os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main())
