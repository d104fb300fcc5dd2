from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    return timezone.now()


def today() -> date:
    """Return the Shanghai date; a UTC midnight is never a legal day."""
    return timezone.localdate()
