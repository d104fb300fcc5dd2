"""Short messages to telephones, through the provider that the installation names."""

from __future__ import annotations

import sys
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from hongdun.lib import masking

CONSOLE = "hongdun.base.sms.Console"


class SmsFailed(Exception):
    """The provider didn't take the message; it may be tried again."""


class Sms(Protocol):
    def send(self, number: str, text: str) -> None:
        """Hand one message over; raises SmsFailed."""


class Console:
    """Print the message, the number masked: for demonstration and for installations without a provider."""

    def send(self, number: str, text: str) -> None:
        sys.stdout.write(f"短信 {masking.phone(number)}：{text}\n")


def send(number: str, text: str) -> None:
    """Send by `SMS_BACKEND`, a dotted path to a class with `send(number, text)`."""
    backend: Sms = import_string(getattr(settings, "SMS_BACKEND", CONSOLE))()
    backend.send(number, text)
