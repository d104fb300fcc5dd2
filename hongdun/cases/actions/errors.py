"""Refusals that a person can read and mend; views show them, nothing of the step is kept."""


class Refused(Exception):
    """The step can't be done so; the message says why and what to do."""


class NotOpen(Refused):
    """Somebody else was faster, or the case has moved on."""


class NotAllowed(Refused):
    """This person may not do this step."""


class Incomplete(Refused):
    """Grounds, items or an opinion are missing; `field` names the form field."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field
