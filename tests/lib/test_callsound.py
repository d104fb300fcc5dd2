from __future__ import annotations

import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongdun.lib import callsound

HEADER = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 101)


def packet(at: float, port: int, stamp: int, sound: bytes, *, kind: int = 8, source: int = 1) -> bytes:
    rtp = struct.pack("!BBHII", 0x80, kind, 0, stamp & 0xFFFFFFFF, source) + sound
    udp = struct.pack("!HHHH", 9, port, 8 + len(rtp), 0) + rtp
    ip = (
        struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), 0, 0, 64, 17, 0, b"\x7f\0\0\1", b"\x7f\0\0\1")
        + udp
    )
    return struct.pack("<IIII", int(at), round(at % 1 * 1e6), len(ip), len(ip)) + ip


def tracks(capture: bytes, *, left: int) -> tuple[bytes, bytes, float]:
    sound, seconds = callsound.wav(capture, left=left)
    size = struct.unpack_from("<I", sound, 54)[0]
    assert len(sound) == 58 + size == 8 + struct.unpack_from("<I", sound, 4)[0]
    return sound[58::2], sound[59::2], seconds


def test_voices_are_apart_and_in_time() -> None:
    capture = HEADER + packet(10, 1000, 0, b"A" * 160) + packet(10.5, 2000, 7, b"B" * 160, source=2)
    left, right, seconds = tracks(capture, left=1000)
    assert left.rstrip(bytes([callsound.SILENCE])) == b"A" * 160
    assert right == bytes([callsound.SILENCE]) * 4000 + b"B" * 160
    assert seconds == 4160 / 8000


def test_lost_and_late_packets_keep_their_place() -> None:
    capture = (
        HEADER + packet(0, 1, 0, b"a" * 160) + packet(1, 1, 480, b"d" * 160) + packet(1, 1, 160, b"b" * 160)
    )
    left, _, _ = tracks(capture, left=1)
    assert left == b"a" * 160 + b"b" * 160 + bytes([callsound.SILENCE]) * 160 + b"d" * 160


def test_the_clock_of_a_stream_may_run_over() -> None:
    capture = HEADER + packet(0, 1, 2**32 - 160, b"a" * 160) + packet(0, 1, 0, b"b" * 160)
    assert tracks(capture, left=1)[0] == b"a" * 160 + b"b" * 160


def test_digits_are_no_sound() -> None:
    with pytest.raises(callsound.NoSound):
        callsound.wav(HEADER + packet(0, 1, 0, b"\1\0\0\0", kind=101))


@given(st.binary(max_size=400))
def test_any_capture_is_read_or_refused(junk: bytes) -> None:
    with suppress(callsound.NoSound):
        callsound.wav(HEADER + junk)


def test_a_torn_end_is_left_out() -> None:
    whole = HEADER + packet(0, 1, 0, b"a" * 160)
    assert tracks(whole + packet(1, 1, 160, b"b" * 160)[:-5], left=1)[0] == b"a" * 160


def test_silence_of_one_law_is_silence_of_the_other() -> None:
    assert callsound.ULAW_TO_ALAW[0xFF] == callsound.SILENCE
    assert sorted(set(callsound.ULAW_TO_ALAW)) != []
