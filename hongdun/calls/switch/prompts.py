"""Sound files for what callers hear, made once in the instance's home; a centre puts its own in their place."""

from __future__ import annotations

import csv
import logging
import math
import shutil
import struct
import subprocess
import wave
from array import array
from pathlib import Path
from tempfile import TemporaryDirectory

logger = logging.getLogger(__name__)
TABLE = Path(__file__).resolve().parent.parent / "tables" / "prompts.csv"
RATE = 8000
MUSIC = "music"
BEEP = "beep"
FARTHEST = 20
# A quiet pentatonic phrase, notes in hertz; two seconds each, over and over.
PHRASE = (262, 294, 330, 392, 440, 392, 330, 294)


def texts() -> dict[str, str]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        said = {row["code"]: row["text"] for row in csv.DictReader(file)}
    positions = {f"position-{n}": f"您前面还有{n}位。" for n in range(1, FARTHEST + 1)}
    return said | positions | {f"position-{FARTHEST + 1}": f"您前面还有{FARTHEST}多位。"}


def position(ahead: int) -> str:
    return f"position-{min(ahead, FARTHEST + 1)}"


def make(folder: Path, changed: dict[str, str] | None = None) -> list[str]:
    """Make the files that are missing; returns those that had to be tones for want of a voice."""
    folder.mkdir(parents=True, exist_ok=True)
    _make_tone(folder / f"{MUSIC}.wav", PHRASE, seconds=2.0)
    _make_tone(folder / f"{BEEP}.wav", (800,), seconds=0.4)
    missing = {code: text for code, text in (texts() | (changed or {})).items() if not _there(folder, code)}
    voice = shutil.which("espeak-ng") and shutil.which("sox")
    for code, text in missing.items():
        if voice:
            _speak(folder / f"{code}.wav", text)
        else:
            _make_tone(folder / f"{code}.wav", (523, 659), seconds=0.5)
    return [] if voice else sorted(missing)


def _there(folder: Path, code: str) -> bool:
    return (folder / f"{code}.wav").exists()


def _speak(target: Path, text: str) -> None:
    with TemporaryDirectory() as folder:
        raw, draft = Path(folder, "raw.wav"), target.with_suffix(".new.wav")
        said = ["espeak-ng", "-v", "cmn", "-s", "150", "-w", str(raw), "--stdin"]
        subprocess.run(said, input=text.encode(), check=True, capture_output=True)  # noqa: S603
        made = ["sox", str(raw), "-r", str(RATE), "-c", "1", "-b", "16", str(draft)]
        subprocess.run(made, check=True, capture_output=True)  # noqa: S603
        draft.replace(target)


def _make_tone(target: Path, notes: tuple[int, ...], *, seconds: float) -> None:
    if target.exists():
        return
    samples = array("h")
    for note in notes:
        samples.extend(_note(note, seconds))
    with wave.open(str(target), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", "not compressed"))
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))


def _note(hertz: int, seconds: float) -> list[int]:
    """A tone that swells and fades, so that nothing clicks."""
    count = int(RATE * seconds)
    return [
        int(6000 * math.sin(math.pi * n / count) * math.sin(2 * math.pi * hertz * n / RATE))
        for n in range(count)
    ]
