"""The pages of a record filing are those of a change."""

from hongdun.registration.change.forms import asked

__all__ = ["asked"]
