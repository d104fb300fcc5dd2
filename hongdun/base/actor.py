from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from hongdun.lib import organs

if TYPE_CHECKING:
    from uuid import UUID

EVERYWHERE = (0, 2**31 - 1)
NOWHERE = (0, -1)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an officer in one post, an applicant, or the system itself."""

    name: str
    kind: Literal["officer", "applicant", "system"]
    person: UUID | None = None
    organ: int | None = None
    post: UUID | None = None
    roles: frozenset[str] = frozenset()
    deputises: tuple[UUID, ...] = ()  # officers who are absent today and whose work this one does

    @property
    def hands(self) -> tuple[UUID, ...]:
        """Whose assigned work this actor may do: the actor's own and that of those absent."""
        return ((self.person,) if self.person else ()) + self.deputises

    @property
    def range(self) -> tuple[int, int]:
        """Lowest and highest organ code that this actor may see."""
        if self.kind == "system":
            return EVERYWHERE
        return NOWHERE if self.organ is None else organs.scope(self.organ)

    def __str__(self) -> str:
        return self.name


def system(reason: str) -> Actor:
    return Actor(name=f"系统：{reason}", kind="system")
