"""A progress bar on a terminal; silence in a log."""

import sys
import time

WIDTH = 30
EVERY = 0.1  # seconds


class Bar:
    def __init__(self, total: int) -> None:
        self.total, self._shown = max(total, 1), 0.0
        self._live = sys.stderr.isatty()

    def show(self, done: int) -> None:
        now = time.monotonic()
        if not self._live or now - self._shown < EVERY:
            return
        self._shown = now
        part = min(1.0, done / self.total)
        filled = round(part * WIDTH)
        sys.stderr.write(f"\r[{'█' * filled}{'·' * (WIDTH - filled)}] {part:>4.0%}")
        sys.stderr.flush()

    def close(self) -> None:
        if self._live:
            sys.stderr.write("\r\033[K")
