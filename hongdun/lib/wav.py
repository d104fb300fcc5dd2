"""What a telephone prompt must be: a WAV of 8000 samples a second, one channel, sixteen bits, and something in it."""

from __future__ import annotations

import io
import wave
from array import array

RATE = 8000
LONGEST_SECONDS = 60
FAINT = 300  # of 32767: less isn't heard on a telephone
MEND = "请用录音软件另存为 8000 Hz、单声道、16 位 PCM 的 WAV，例如 sox 原文件 -r 8000 -c 1 -b 16 新文件.wav"


class NoPrompt(ValueError):
    """The file can't be played to callers; the message says why and how to mend it."""


def check(data: bytes) -> float:
    """Seconds that it plays; raises NoPrompt."""
    try:
        with wave.open(io.BytesIO(data)) as file:
            kind = file.getnchannels(), file.getsampwidth(), file.getframerate()
            count = file.getnframes()
            samples = array("h", file.readframes(count)) if kind == (1, 2, RATE) else None
    except (wave.Error, EOFError, ValueError):
        raise NoPrompt(f"这不是 PCM 格式的 WAV 文件。{MEND}") from None
    if samples is None:
        raise NoPrompt(f"这个 WAV 是 {kind[2]} Hz、{kind[0]} 声道、{kind[1] * 8} 位。{MEND}")
    _check_sound(samples)
    return len(samples) / RATE


def _check_sound(samples: array[int]) -> None:
    if len(samples) > LONGEST_SECONDS * RATE:
        raise NoPrompt(f"录音长 {len(samples) // RATE} 秒，提示语最长 {LONGEST_SECONDS} 秒，请剪短。")
    if not samples or max(map(abs, samples)) < FAINT:
        raise NoPrompt("录音里听不到声音，请检查麦克风后重录。")
