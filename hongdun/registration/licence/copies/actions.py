"""Taken in and decided like every application for new sheets."""

from hongdun.registration.licence.filing import decide, receive_again, submit

__all__ = ["decide", "receive_again", "submit"]
