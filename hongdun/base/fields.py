"""Form fields that take what people really type: full-width digits, thousands commas, 2026年11月22日."""

import datetime as dt
import unicodedata
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

DATE_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")


def tidy(value: str) -> str:
    """Half-width digits and letters, no blanks."""
    return "".join(unicodedata.normalize("NFKC", value).split())


class NumberField(forms.DecimalField):
    """A decimal number; `above` is a bound that itself is not allowed."""

    def __init__(self, *, above: Decimal | int | None = None, **kwargs: Any) -> None:
        self.above = above
        super().__init__(**kwargs)

    def to_python(self, value: object) -> Decimal | None:  # type: ignore[override]  # as Django's own
        return super().to_python(tidy(value).replace(",", "") if isinstance(value, str) else value)

    def validate(self, value: Decimal | None) -> None:
        super().validate(value)  # type: ignore[arg-type]  # an empty field is None here
        if value is not None and self.above is not None and value <= self.above:
            raise ValidationError(self.error_messages["above"], code="above")


class WholeNumberField(forms.IntegerField):
    def to_python(self, value: object) -> int | None:
        return super().to_python(tidy(value).replace(",", "") if isinstance(value, str) else value)


class CodeField(forms.CharField):
    """A code, number or telephone number: half-width, upper case, no blanks."""

    counted = "位"

    def to_python(self, value: object) -> str:
        return tidy(str(super().to_python(value) or "")).upper()


class DateField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=DATE_FORMATS, **kwargs)

    def to_python(self, value: str | dt.datetime | dt.date | None) -> dt.date | None:
        return super().to_python(tidy(value) if isinstance(value, str) else value)
