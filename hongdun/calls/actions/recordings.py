"""Recordings: sealed in files, heard with a reason, deleted when their time is over."""

from __future__ import annotations

import contextlib
import os
import time
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings

from hongdun.audit import actions as audit
from hongdun.base.actor import system
from hongdun.base.clock import now, today
from hongdun.base.sealed import seal_bytes, unseal_bytes
from hongdun.calls import settings as place
from hongdun.calls.models import Call, Outcome, Recording
from hongdun.lib import callsound

if TYPE_CHECKING:
    from hongdun.base.actor import Actor

SEALED = "calls_recording.file"
# 数据安全法 第二十七条 leaves the time to the authority; a case's own file keeps what it needs longer.
GIVEN_UP_SECONDS = 60.0
LEFT_SECONDS = 3600.0
BLOCK = 1 << 20
UUID_CHARACTERS = 36
KEPT_DAYS = int(os.environ.get("HONGDUN_CALLS_KEPT_DAYS", "1095"))


class NotWhole(RuntimeError):
    """The media service is still writing; the job is done again a little later."""


class RecordingGone(LookupError):
    """Its time is over, or the file is missing or damaged; the message says which."""


def captures(call_id: UUID) -> list[Path]:
    """What the media service has written of a call, in the order it was begun."""
    return sorted((_folder() / "pcaps").glob(f"{call_id}-*.pcap"), key=lambda path: path.stat().st_mtime)


def _folder() -> Path:
    return place.captures(Path(settings.HONGDUN_HOME))


def is_whole(capture: Path) -> bool:
    """The media service closes a capture and then tells so; killed, it never does, and what there is must do."""
    notes = _folder() / "metadata" / f"rtpengine-meta-{capture.stem}.txt"
    return notes.exists() or time.time() - capture.stat().st_mtime > GIVEN_UP_SECONDS


def file_of(recording: Recording) -> Path:
    name = recording.id.hex
    return Path(settings.HONGDUN_HOME) / "recordings" / name[:6] / f"{name}.sealed"


def keep_recording(call_id: UUID) -> list[Recording]:
    """Turn what was captured into sealed files; done twice, each capture still makes one recording."""
    call = Call.objects.get(id=call_id)
    found, kept = captures(call_id), []
    if not all(map(is_whole, found)):
        raise NotWhole(f"通话 {call_id} 的录音还没有写完")
    known = set(call.recordings.values_list("capture", flat=True))
    for capture in found:
        if capture.stem in known:
            continue
        with contextlib.suppress(callsound.NoSound):
            kept.append(_keep(call, capture))
    return kept


def _keep(call: Call, capture: Path) -> Recording:
    port = call.events.filter(kind__in=("answered", "voicemail")).values_list("data__port", flat=True).last()
    sound, seconds = callsound.wav(capture.read_bytes(), left=port)
    return keep_sound(call, sound, seconds=seconds, capture=capture.stem)


def keep_sound(call: Call, sound: bytes, *, seconds: float, capture: str = "") -> Recording:
    sealed = seal_bytes(sound, place=SEALED)
    recording = Recording(
        call=call, organ=call.organ, voicemail=call.outcome == Outcome.VOICEMAIL, seconds=round(seconds, 2),
        size=len(sound), sha256=sha256(sealed).hexdigest(), keep_until=today() + timedelta(days=KEPT_DAYS),
        capture=capture,
    )  # fmt: skip
    _write(file_of(recording), sealed)
    recording.save(force_insert=True)
    return recording


def forget_captures(call_id: UUID) -> None:
    """After the rows are committed: the sealed file is all that stays."""
    for capture in captures(call_id):
        _overwrite(capture)
        capture.unlink(missing_ok=True)
    for left in (_folder() / "metadata").glob(f"rtpengine-meta-{call_id}-*.txt"):
        left.unlink(missing_ok=True)


def _overwrite(capture: Path) -> None:
    """So that the conversation isn't on the disk any more; a disk that writes elsewhere needs encryption below."""
    with capture.open("r+b") as file:
        for _ in range(0, capture.stat().st_size, BLOCK):
            file.write(bytes(BLOCK))
        file.flush()
        os.fsync(file.fileno())


def left_behind() -> list[UUID]:
    """Calls of captures that nobody has come for: the job was lost with its database, or failed too often."""
    old = time.time() - LEFT_SECONDS
    files = [path for path in (_folder() / "pcaps").glob("*.pcap") if path.stat().st_mtime < old]
    named = {key for path in files if (key := call_of(path))}
    return list(Call.objects.filter(id__in=named, ended__isnull=False).values_list("id", flat=True))


def call_of(capture: Path) -> UUID | None:
    """The media service puts the call's id before a number of its own."""
    try:
        return UUID(capture.name[:UUID_CHARACTERS])
    except ValueError:
        return None


def _write(target: Path, data: bytes) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = target.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)


def listen(recording: Recording, *, reason: str, actor: Actor) -> None:
    """Log who listens to whom and why, before a byte is heard (个人信息保护法 第五十一条)."""
    audit.read_personal(
        actor=actor, subject=recording.call_id, fields=["recording"], reason=reason, organ=recording.organ,
        case_id=recording.call.case_id,
    )  # fmt: skip


def sound_of(recording: Recording) -> bytes:
    """The WAV; whoever asks has been logged by `listen`. Raises RecordingGone."""
    if recording.deleted:
        raise RecordingGone("这段录音已超过保存期限，按规定删除。")
    try:
        sealed = file_of(recording).read_bytes()
    except FileNotFoundError:
        raise RecordingGone("录音文件不在存储中，请系统管理员从备份恢复 recordings 目录。") from None
    if sha256(sealed).hexdigest() != recording.sha256:
        raise RecordingGone("录音文件已损坏，与保存时不同，请系统管理员从备份恢复。")
    return unseal_bytes(sealed, place=SEALED)


def delete_due() -> int:
    """Delete the recordings whose time is over; their records stay and say so."""
    due = list(Recording.objects.filter(deleted=None, keep_until__lt=today())[:500])
    for recording in due:
        file_of(recording).unlink(missing_ok=True)
        recording.deleted = now()
        recording.save(update_fields=["deleted"])
        audit.record(
            "call.recording_deleted",
            actor=system("录音保存期满"),
            subject=recording.call_id,
            organ=recording.organ,
        )
    return len(due)
