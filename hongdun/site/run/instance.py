"""What one running Hongdun is: a home directory, a port, and where its database is."""

import os
from dataclasses import dataclass
from pathlib import Path

import hongdun

DEFAULT_PORT = 8000
STREAM_BESIDE, WEB_BESIDE = 1000, 5000
HIGHEST_PORT = 65_535


def beside(port: int, by: int) -> int:
    """A port that goes with `port`: 9000 beside 8000."""
    return port + (by if port <= HIGHEST_PORT - by else -by)


@dataclass(frozen=True)
class Instance:
    home: Path
    port: int = DEFAULT_PORT
    production: bool = False
    external_database: bool = False

    @property
    def run(self) -> Path:
        return self.home / "run"

    @property
    def log(self) -> Path:
        return self.home / "log"

    @property
    def unfinished_restore(self) -> Path:
        return self.home / "restore.unfinished"

    @property
    def stream_port(self) -> int:
        return int(os.environ.get("HONGDUN_STREAM_PORT") or beside(self.port, STREAM_BESIDE))

    @property
    def web_port(self) -> int:
        """Where Django listens to the front, which alone listens to visitors."""
        return int(os.environ.get("HONGDUN_WEB_PORT") or beside(self.port, WEB_BESIDE))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def make_directories(self) -> None:
        for directory in (self.home, self.run, self.log, self.home / "static"):
            directory.mkdir(mode=0o700 if directory == self.run else 0o755, parents=True, exist_ok=True)

    def environment(self, **more: str) -> dict[str, str]:
        """For our own subprocesses, which don't start in the project's directory."""
        package_root = str(Path(hongdun.__file__).parent.parent)
        paths = [package_root, *filter(None, [os.environ.get("PYTHONPATH")])]
        return {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths)),
            "PYTHONUNBUFFERED": "1",
            "HONGDUN_HOME": str(self.home),
            "HONGDUN_PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE") or "hongdun.site.settings",
            **more,
        }


def current() -> Instance:
    return Instance(
        home=Path(os.environ.get("HONGDUN_HOME") or "var").resolve(),
        port=int(os.environ.get("HONGDUN_PORT") or DEFAULT_PORT),
        production=os.environ.get("HONGDUN_PRODUCTION") == "1",
        external_database=bool(os.environ.get("DATABASE_URL")),
    )
