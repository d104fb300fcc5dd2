"""No search of the public holds a connection for long: what takes more is answered with what to do."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_MS = 2_000
SET = "SELECT current_setting('statement_timeout'), set_config('statement_timeout', %s, true)"


class TooSlow(Exception):
    """The search was given up; one more word would make it quick."""


@contextmanager
def in_time() -> Iterator[None]:
    """Give up statements that run longer than LONGEST_MS, in this block only; raises TooSlow."""
    within = connection.in_atomic_block
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(SET, [str(LONGEST_MS)])
            (before, _) = cursor.fetchone() or ("0", "")
            yield
            if within:  # else it ends with the transaction
                cursor.execute(SET, [before])
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TooSlow from error
        raise
