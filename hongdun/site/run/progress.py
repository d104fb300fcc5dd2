import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Say = Callable[[str], None]


@contextmanager
def step(label: str, say: Say) -> Iterator[None]:
    """Tell what was done and how long it took, once it has succeeded."""
    began = time.monotonic()
    yield
    say(f"{label}　{time.monotonic() - began:.1f} 秒")
