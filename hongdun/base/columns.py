from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    IntegerColumn = models.Field[int, int]
else:
    IntegerColumn = models.Field  # generic for the type checker only


class XidField(IntegerColumn):
    """The transaction that wrote the row (xid8); PostgreSQL fills it in."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:  # noqa: ARG002 - Django's signature
        return "xid8"

    def from_db_value(self, value: Any, *_: object) -> int:
        return int(value)

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:  # noqa: ARG002, FBT001, FBT002 - Django's signature
        return None if value is None else str(value)


class CurrentXid(models.Func):
    function = "pg_current_xact_id"
    output_field = XidField()
