"""Issuing unified codes (GB 32100): each authority draws from its own blocks, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from hongdun.lib import organs, uscc
from hongdun.lib.entitytypes import DIGIT_OF_KIND
from hongdun.register.actions.errors import RegisterError
from hongdun.register.models import Entity, UsccBlock

if TYPE_CHECKING:
    from hongdun.lib.entitytypes import Kind

LETTERS = "GX"
PREFIX = 5
NUMBERS = 31 ** (uscc.BODY_LENGTH - PREFIX)
BLOCKS = 31 ** (PREFIX - len(LETTERS))
ALLOTTING = 0x68645553  # advisory lock: two authorities must not take the same block


def issue(*, organ: int, kind: Kind) -> str:
    """A code that was never anybody's, drawn in the filing's transaction: a failed filing takes none."""
    while True:
        block = _block(organ)
        body = uscc.body(block.next, block.prefix)
        block.next += 1
        block.save(update_fields=["next"])
        code = uscc.compose("9", DIGIT_OF_KIND[kind], organs.division(organ), body)
        # Imported entities brought codes of their own.
        if not Entity.objects.filter(uscc=code).exists():
            return code


def _block(organ: int) -> UsccBlock:
    blocks = UsccBlock.objects.select_for_update().filter(organ=organ, next__lt=NUMBERS)
    return blocks.order_by("prefix").first() or _allot(organ)


def _allot(organ: int) -> UsccBlock:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ALLOTTING])
    # Somebody of the same authority may have allotted while we waited.
    block = UsccBlock.objects.filter(organ=organ, next__lt=NUMBERS).select_for_update().first()
    if block is not None:
        return block
    number = UsccBlock.objects.count()
    if number >= BLOCKS:
        raise RegisterError("代码段已全部分配，请向上级申请新的代码段后再登记")
    prefix = uscc.body(number, "0" * (uscc.BODY_LENGTH - (PREFIX - len(LETTERS))))[-(PREFIX - len(LETTERS)) :]
    return UsccBlock.objects.create(organ=organ, prefix=LETTERS + prefix)
