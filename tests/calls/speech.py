"""A minute of speech for sipp: its own recording, again and again under sequence numbers that go on.

Played anew, the recording would come under numbers that were heard already, and be dropped as a replay.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

RECORDING = "/usr/share/sip-tester/g711a.pcap"
HEAD, RECORD, RTP = 24, 16, 42  # bytes: of the file, before each packet, before its RTP (Ethernet, IP, UDP)
SAMPLES, MICROSECONDS = 240, 30_000  # of one packet
TIMES = 8


def write(path: Path, recording: bytes) -> None:
    packets = list(_packets(recording))
    made = [recording[:HEAD]]
    for number in range(TIMES * len(packets)):
        packet = packets[number % len(packets)]
        header = struct.pack(">HI", number & 0xFFFF, number * SAMPLES)
        changed = packet[: RTP + 2] + header + packet[RTP + 8 :]
        seconds, rest = divmod(number * MICROSECONDS, 1_000_000)
        made.append(struct.pack("<IIII", seconds, rest, len(changed), len(changed)) + changed)
    path.write_bytes(b"".join(made))


def _packets(recording: bytes) -> list[bytes]:
    found, at = [], HEAD
    while at < len(recording):
        (size,) = struct.unpack_from("<I", recording, at + 8)
        found.append(recording[at + RECORD : at + RECORD + size])
        at += RECORD + size
    return found
