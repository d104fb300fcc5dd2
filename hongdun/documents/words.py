"""How papers write dates and numbers."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def written_date(day: date) -> str:
    """Write a date as legal texts do, without leading zeros (GB/T 9704-2012 §7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
