"""The brand of a matter: as it was typed, as the text names it, or the trade name of the business."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Value
from django.db.models.functions import StrIndex

from hongdun.consumer.models import Brand
from hongdun.lib.complaints import brands

if TYPE_CHECKING:
    from hongdun.consumer.actions import Filing

LONGEST_TEXT = 3000
SHOWN = 4


def of(filing: Filing) -> str:
    """Of several that the text names none is taken: which one is complained of, a person must say."""
    if filing.brand:
        return brands.normalised(filing.brand)
    named = mentioned(filing.text)
    if len(named) == 1:
        return named[0]
    return brands.of_business(filing.merchant.name) if filing.merchant.entity and not named else ""


def suggested(text: str, business: str) -> list[str]:
    """What an operator may take over, the likeliest first; `business` only if it was found in the register."""
    own = brands.of_business(business) if business else ""
    return list(dict.fromkeys(filter(None, (*mentioned(text), own))))[:SHOWN]


def mentioned(text: str) -> list[str]:
    """Brands that an officer once typed, where the text names them, and what it calls a brand itself."""
    spelled = brands.spelled(text[:LONGEST_TEXT])
    named = Brand.objects.annotate(place=StrIndex(Value(spelled), F("name"))).filter(place__gt=0)
    known = list(named.order_by("place", "-name").values_list("name", flat=True))
    whole = [brand for brand in known if not any(brand != other and brand in other for other in known)]
    return list(dict.fromkeys((*whole, *brands.called(text[:LONGEST_TEXT]))))
