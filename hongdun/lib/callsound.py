"""Sound of a recorded call: from captured RTP packets to a WAV of two tracks, caller left, operator right.

A-law stays A-law (WAVE format 6): nothing is lost, half the size of linear samples, and browsers play it.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

RATE = 8000
SILENCE = 0xD5
PCMU, PCMA = 0, 8
UDP = 17
GLOBAL_HEADER, PACKET_HEADER = 24, 16
LINKS = {101: 0, 1: 14}  # raw IP, Ethernet: how much precedes the IP header
LONGEST_SECONDS = 4 * 3600


class NoSound(ValueError):
    """The capture holds no speech."""


@dataclass
class Stream:
    """One direction: what came for a port, from one source."""

    port: int
    began: float
    first: int
    parts: dict[int, bytes] = field(default_factory=dict)

    def add(self, stamp: int, sound: bytes) -> None:
        place = (stamp - self.first) & 0xFFFFFFFF
        if place < LONGEST_SECONDS * RATE:
            self.parts.setdefault(place, sound)


def streams(capture: bytes) -> list[Stream]:
    """The directions of a capture, by port and source; what is no speech in G.711 is left out."""
    found: dict[tuple[int, int], Stream] = {}
    for at, port, rtp in _packets(capture):
        kind = rtp[1] & 0x7F
        if len(rtp) <= 12 or rtp[0] >> 6 != 2 or kind not in (PCMU, PCMA):  # noqa: PLR2004 - RFC 3550 §5.1
            continue
        stamp, source = struct.unpack_from("!II", rtp, 4)
        sound = _payload(rtp)
        stream = found.setdefault((port, source), Stream(port, at, stamp))
        stream.add(stamp, sound if kind == PCMA else sound.translate(ULAW_TO_ALAW))
    return list(found.values())


def wav(capture: bytes, *, left: int | None = None) -> tuple[bytes, float]:
    """The WAV and its seconds; `left` is the port that the caller's sound came for. Raises NoSound."""
    heard = streams(capture)
    if not heard:
        raise NoSound("录音中没有声音")
    began = min(stream.began for stream in heard)
    tracks = [bytearray(), bytearray()]
    for stream in heard:
        side = 0 if left is None or stream.port == left else 1
        _lay(tracks[side], stream, int((stream.began - began) * RATE))
    length = max(map(len, tracks))
    both = bytearray(2 * length)
    for side, track in enumerate(tracks):
        both[side::2] = track + bytes([SILENCE]) * (length - len(track))
    return _header(len(both)) + bytes(both), length / RATE


def _lay(track: bytearray, stream: Stream, offset: int) -> None:
    for place, sound in sorted(stream.parts.items()):
        start = offset + place
        if start > len(track):
            track.extend(bytes([SILENCE]) * (start - len(track)))
        track[start : start + len(sound)] = sound


def _packets(capture: bytes) -> Iterator[tuple[float, int, bytes]]:
    """Time, destination port and content of each whole UDP packet; a torn end is left out."""
    if len(capture) < GLOBAL_HEADER:
        return
    skip = LINKS.get(struct.unpack_from("<I", capture, 20)[0], 0)
    at = GLOBAL_HEADER
    while at + PACKET_HEADER <= len(capture):
        seconds, micros, length = struct.unpack_from("<III", capture, at)
        packet = capture[at + PACKET_HEADER + skip : at + PACKET_HEADER + length]
        at += PACKET_HEADER + length
        if at > len(capture):
            return
        if udp := _udp(packet):
            yield seconds + micros / 1e6, *udp


def _udp(packet: bytes) -> tuple[int, bytes] | None:
    if not packet:
        return None
    if packet[0] >> 4 == 4:  # noqa: PLR2004 - IP version
        start, protocol = (packet[0] & 15) * 4, packet[9]
    else:
        start, protocol = 40, packet[6]
    if protocol != UDP or len(packet) < start + 8 + 2:
        return None
    return struct.unpack_from("!H", packet, start + 2)[0], packet[start + 8 :]


def _payload(rtp: bytes) -> bytes:
    start = 12 + 4 * (rtp[0] & 15)
    if rtp[0] & 0x10:
        start += 4 + 4 * struct.unpack_from("!H", rtp, start + 2)[0]
    end = len(rtp) - (rtp[-1] if rtp[0] & 0x20 else 0)
    return rtp[start:end]


def _header(size: int) -> bytes:
    alaw, channels = 6, 2
    form = struct.pack("<HHIIHHH", alaw, channels, RATE, RATE * channels, channels, 8, 0)
    fact = struct.pack("<4sII", b"fact", 4, size // channels)
    body = (
        struct.pack("<4s4sI", b"WAVE", b"fmt ", len(form)) + form + fact + struct.pack("<4sI", b"data", size)
    )
    return struct.pack("<4sI", b"RIFF", len(body) + size) + body


def _linear(value: int) -> int:
    """A µ-law byte as a 14-bit number (ITU-T G.711)."""
    value = ~value & 0xFF
    magnitude = ((((value & 0x0F) << 3) + 0x84) << ((value & 0x70) >> 4)) - 0x84
    return -magnitude if value & 0x80 else magnitude


def _alaw(sample: int) -> int:
    """A 16-bit sample as an A-law byte (ITU-T G.711)."""
    level, mask = sample >> 3, 0xD5
    if level < 0:
        level, mask = -level - 1, 0x55
    segment = max(0, level.bit_length() - 5)
    return (segment << 4 | level >> max(1, segment) & 0x0F) ^ mask


ULAW_TO_ALAW = bytes(_alaw(_linear(value)) for value in range(256))
