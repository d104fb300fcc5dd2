"""A real IMAP server (Debian's Dovecot) on a free port, with one mailbox, as an ordinary user where it may be root."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

DOVECOT = "/usr/sbin/dovecot"
USER, PASSWORD = "12315@example.org", "p@ss/word 1"
CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{home}/mail
first_valid_uid = 1
first_valid_gid = 1
default_internal_user = {inner}
default_internal_group = {group}
default_login_user = {login}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
passdb {{
  driver = passwd-file
  args = {home}/users
}}
userdb {{
  driver = static
  args = uid={inner} gid={group} home={home}
}}
"""


@dataclass(frozen=True)
class Server:
    home: Path
    port: int

    @property
    def address(self) -> str:
        return f"imap://{quote(USER)}:{quote(PASSWORD, safe='')}@127.0.0.1:{self.port}/INBOX"

    def deliver(self, name: str, message: bytes) -> None:
        """As a mail server does it: the finished file moves into `new`."""
        (self.home / "mail" / "new" / name).write_bytes(message)


def running() -> Iterator[Server]:
    """The log-in's own user must reach the folder, so it isn't pytest's."""
    with TemporaryDirectory(prefix="hongdun-imap-") as folder:
        Path(folder).chmod(0o755)
        yield from _running(Path(folder))


def _running(home: Path) -> Iterator[Server]:
    port = _free_port()
    _prepare(home, port)
    process = subprocess.Popen([DOVECOT, "-F", "-c", str(home / "dovecot.conf")])
    try:
        _wait(port, process)
        yield Server(home, port)
    finally:
        process.terminate()
        process.wait(10)


def _prepare(home: Path, port: int) -> None:
    for folder in ("run", "state", "mail/new", "mail/cur", "mail/tmp"):
        (home / folder).mkdir(parents=True)
    (home / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}::::::\n")
    users = _users()
    for folder in (home, home / "mail", *(home / "mail").iterdir()):
        shutil.chown(folder, users["inner"])
    (home / "dovecot.conf").write_text(CONFIG.format(home=home, port=port, **users))


def _users() -> dict[str, str]:
    """As root the log-in runs as the users that the package made, else all runs as the one there is."""
    if os.geteuid() == 0:
        return {"inner": "dovecot", "login": "dovenull", "group": "dovecot"}
    me = pwd.getpwuid(os.getuid()).pw_name
    return {"inner": me, "login": me, "group": grp.getgrgid(os.getgid()).gr_name}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(100):
        assert process.poll() is None, "dovecot ended: see its log"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(port)
