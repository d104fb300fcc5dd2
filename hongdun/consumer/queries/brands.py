"""The brand of a matter: as it was typed, as the text names it, or the trade name of the business."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from hongdun.lib.complaints import brands

if TYPE_CHECKING:
    from hongdun.consumer.actions import Filing

LONGEST_TEXT = 3000
SHOWN = 4
# In SQL, for each matter that comes in asks it: the ORM took longer to say it than the database to answer.
NAMED = """
SELECT name FROM consumer_brand WHERE strpos(%(text)s, name) > 0 ORDER BY strpos(%(text)s, name), name DESC
"""


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
    with connection.cursor() as cursor:
        cursor.execute(NAMED, {"text": spelled})
        known = [name for (name,) in cursor.fetchall()]
    whole = [brand for brand in known if not any(brand != other and brand in other for other in known)]
    return list(dict.fromkeys((*whole, *brands.called(text[:LONGEST_TEXT]))))
