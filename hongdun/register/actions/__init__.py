"""What may be done to the register: `from hongdun.register import actions as register`."""

from hongdun.register.actions.errors import RegisterError
from hongdun.register.actions.filing import annul, change, correct, establish, set_status
from hongdun.register.actions.licences import (
    attach_document,
    end_licence,
    record_licence,
    settle_sheet,
    settle_superseded,
)
from hongdun.register.actions.namerows import CITY
from hongdun.register.actions.names import release_name, reserve_name, stop_name
from hongdun.register.actions.projection import Seat

__all__ = [
    "CITY",
    "RegisterError",
    "Seat",
    "annul",
    "attach_document",
    "change",
    "correct",
    "end_licence",
    "establish",
    "record_licence",
    "release_name",
    "reserve_name",
    "set_status",
    "settle_sheet",
    "settle_superseded",
    "stop_name",
]
