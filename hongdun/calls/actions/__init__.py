from hongdun.calls.actions.calls import change, end, note, receive, request_callback, sealed_state
from hongdun.calls.actions.laying_down import lay_down, withdraw
from hongdun.calls.actions.recordings import (
    NotWhole,
    RecordingGone,
    captures,
    delete_due,
    file_of,
    forget_captures,
    is_whole,
    keep_recording,
    keep_sound,
    listen,
    sound_of,
)
from hongdun.calls.actions.seats import change_seat, take_seat

__all__ = [
    "NotWhole",
    "RecordingGone",
    "captures",
    "change",
    "change_seat",
    "delete_due",
    "end",
    "file_of",
    "forget_captures",
    "is_whole",
    "keep_recording",
    "keep_sound",
    "lay_down",
    "listen",
    "note",
    "receive",
    "request_callback",
    "sealed_state",
    "sound_of",
    "take_seat",
    "withdraw",
]
