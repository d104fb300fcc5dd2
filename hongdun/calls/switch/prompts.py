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
from typing import TYPE_CHECKING

from hongdun.lib import organs

if TYPE_CHECKING:
    from hongdun.calls.models import Prompt

logger = logging.getLogger(__name__)
TABLE = Path(__file__).resolve().parent.parent / "tables" / "prompts.csv"
RATE = 8000
MUSIC = "music"
BEEP = "beep"
FARTHEST = 20
# A quiet pentatonic phrase, notes in hertz; two seconds each, over and over.
PHRASE = (262, 294, 330, 392, 440, 392, 330, 294)


def said() -> dict[str, str]:
    """The prompts that a centre may have in words of its own."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["text"] for row in csv.DictReader(file)}


def texts() -> dict[str, str]:
    positions = {f"position-{n}": f"您前面还有{n}位。" for n in range(1, FARTHEST + 1)}
    return said() | positions | {f"position-{FARTHEST + 1}": f"您前面还有{FARTHEST}多位。"}


def position(ahead: int) -> str:
    return f"position-{min(ahead, FARTHEST + 1)}"


def file_for(folder: Path, code: str, organ: int) -> Path:
    """What callers of an organ hear: its own, else the region's, else the common one."""
    near = (folder / str(each) / f"{code}.wav" for each in (organ, organs.REGION_BUREAU))
    return next((path for path in near if path.exists()), folder / f"{code}.wav")


def own(folder: Path, prompt: Prompt) -> Path:
    return folder / str(prompt.organ) / f"{prompt.code}.wav"


def make_own(folder: Path, prompt: Prompt) -> None:
    """The file of an organ's own prompt, over the one that was there."""
    target = own(folder, prompt)
    target.parent.mkdir(parents=True, exist_ok=True)
    if prompt.sound:
        draft = target.with_suffix(".new")
        draft.write_bytes(prompt.sound)
        draft.replace(target)
    elif _has_voice():
        _speak(target, prompt.text)
    else:
        forget_own(folder, prompt.organ, prompt.code)  # the common one says more than a tone


def forget_own(folder: Path, organ: int, code: str) -> None:
    (folder / str(organ) / f"{code}.wav").unlink(missing_ok=True)


def _has_voice() -> bool:
    return bool(shutil.which("espeak-ng") and shutil.which("sox"))


def make(folder: Path) -> list[str]:
    """Make the files that are missing; returns those that had to be tones for want of a voice."""
    folder.mkdir(parents=True, exist_ok=True)
    _make_tone(folder / f"{MUSIC}.wav", PHRASE, seconds=2.0)
    _make_tone(folder / f"{BEEP}.wav", (800,), seconds=0.4)
    missing = {code: text for code, text in texts().items() if not _there(folder, code)}
    voice = _has_voice()
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
