"""Files that come in piece by piece, so that a lost connection or a closed page loses nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hongdun.base.clock import now
from hongdun.documents import places
from hongdun.documents.errors import UploadRefused
from hongdun.documents.models import Arrival
from hongdun.documents.uploads import MAX_BYTES, too_large

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path
    from uuid import UUID


PIECE = 256 * 1024
MOST_AT_ONCE = 40  # of one person: more than any filing asks for
KEPT = timedelta(days=7)
MOST_FORGOTTEN = 500


class OutOfStep(Exception):
    """A piece doesn't follow what is there already; `got` says where to go on."""

    def __init__(self, got: int) -> None:
        super().__init__(str(got))
        self.got = got


def expect(*, purpose: str, mark: str, name: str, size: int, person: UUID) -> Arrival:
    """The arrival of this file: the one that broke off, or a new one. Refused before a byte of it is sent in vain."""
    if size > MAX_BYTES:
        raise UploadRefused(too_large(size))
    if size <= 0:
        raise UploadRefused("文件是空的。请重新选择文件上传。")
    mine = Arrival.objects.filter(person=person)
    if found := mine.filter(purpose=purpose, mark=mark, size=size).first():
        return found
    if mine.count() >= MOST_AT_ONCE:
        raise UploadRefused(f"同时上传的文件最多 {MOST_AT_ONCE} 个，请等前面的传完再选。")
    forget(mine.filter(purpose=purpose, mark=mark).values_list("pk", flat=True), person=person)
    made, _ = mine.get_or_create(
        purpose=purpose, mark=mark, defaults={"person": person, "name": name, "size": size}
    )
    return made


def receive(arrival_id: UUID, piece: bytes, *, at: int, person: UUID) -> Arrival:
    """Put a piece behind what is there; sent twice, the second time says where to go on."""
    found = Arrival.objects.select_for_update().filter(pk=arrival_id, person=person).first()
    if found is None:
        raise UploadRefused("这次上传已经失效，请重新选择文件。")
    if at != found.got or at + len(piece) > found.size:
        raise OutOfStep(found.got)
    _write(_path(found.pk), piece, at=at)
    found.got += len(piece)
    found.save(update_fields=["got"])
    return found


def _write(target: Path, piece: bytes, *, at: int) -> None:
    """What an earlier attempt wrote behind `at` without saying so is overwritten."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with target.open("r+b" if at else "wb") as file:
        file.seek(at)
        file.write(piece)
        file.truncate()


def whole(ids: Sequence[UUID], *, purpose: str, person: UUID) -> list[tuple[str, bytes]]:
    """Name and bytes of files that have arrived, in the order of `ids`."""
    found = {a.pk: a for a in Arrival.objects.filter(pk__in=ids, purpose=purpose, person=person)}
    if len(found) != len(set(ids)) or any(each.got < each.size for each in found.values()):
        raise UploadRefused("文件没有传完，请重新选择文件上传。")
    return [(found[each].name, _path(each).read_bytes()) for each in ids]


def forget(ids: Iterable[UUID], *, person: UUID) -> None:
    """They were taken in, or refused: either way nothing of them stays here."""
    gone = Arrival.objects.filter(pk__in=list(ids), person=person)
    for each in list(gone.values_list("pk", flat=True)):
        _path(each).unlink(missing_ok=True)
    gone.delete()


def forget_old() -> int:
    """Those that never came to an end; returns how many."""
    old = list(Arrival.objects.filter(started__lt=now() - KEPT).values_list("pk", flat=True)[:MOST_FORGOTTEN])
    for each in old:
        _path(each).unlink(missing_ok=True)
    Arrival.objects.filter(pk__in=old).delete()
    return len(old)


def _path(arrival_id: UUID) -> Path:
    return places.arrivals() / arrival_id.hex
