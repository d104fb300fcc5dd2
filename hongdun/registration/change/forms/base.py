"""A page about an entity that the register knows."""

from __future__ import annotations

from abc import abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from hongdun.register import queries as register
from hongdun.registration.forms import Topic
from hongdun.registration.topics import entity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hongdun.lib.particulars import Particulars


class Changing(Topic):
    """A page about an entity of the register; until that is known nothing can be asked."""

    procedure_code: ClassVar[str]

    @cached_property
    def entity(self) -> Any:
        return entity.of(self.data)

    @cached_property
    def state(self) -> Particulars:
        return register.latest(self.entity).particulars

    @property
    def chosen(self) -> Sequence[str]:
        return tuple((self.data.get("items") or {}).get("items", ()))

    @property
    def type_after(self) -> str:
        return str((self.data.get("type") or {}).get("type", "")) or self.entity.type

    def build(self) -> None:
        if "entity" in self.data:
            self.ask()
        else:
            self.form, self.lead = entity.First(self.posted), entity.First.asked_first

    @abstractmethod
    def ask(self) -> None:
        """Build the form, from the entity as it is registered."""
