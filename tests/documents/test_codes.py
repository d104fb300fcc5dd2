from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import segno

from hongdun.documents import codes
from hongdun.documents.errors import BadToken
from tests.documents import builders

SCRIPT = Path(__file__).parents[2] / "tools" / "verify_qr.py"


def offline(keys: list[Path], code: str) -> subprocess.CompletedProcess[str]:
    joined = keys[0].with_name("joined.pem")
    joined.write_bytes(b"".join(key.read_bytes() for key in keys))
    given = ["--key", str(joined)]
    return subprocess.run(
        [sys.executable, "-I", str(SCRIPT), *given, code], capture_output=True, text=True, check=False, env={}
    )


def published(folder: Path) -> list[Path]:
    found = []
    for key_id, pem in codes.public_keys().items():
        found.append(folder / f"published-{key_id}.pem")
        found[-1].write_bytes(pem)
    return found


@pytest.mark.parametrize(
    "claims",
    [
        builders.CLAIMS,
        replace(builders.CLAIMS, copy="original", version=1),
        replace(builders.CLAIMS, serial="S0123456(1-2)", organ=450000000),
    ],
)
def test_a_code_says_what_was_signed(claims: codes.Claims) -> None:
    assert codes.verify_token(codes.licence_token(claims)) == claims


def test_the_same_claims_give_the_same_code() -> None:
    assert codes.licence_token(builders.CLAIMS) == codes.licence_token(builders.CLAIMS)


def test_every_changed_character_is_found() -> None:
    token = codes.licence_token(builders.CLAIMS)
    for place, character in enumerate(token):
        other = "A" if character != "A" else "B"
        with pytest.raises(BadToken):
            codes.verify_token(token[:place] + other + token[place + 1 :])


@pytest.mark.parametrize(
    "token", ["", "x", "A" * 174, "0" * 5000, "../../etc/passwd" * 10, "验证" * 60, "_" * 200]
)
def test_junk_is_refused_in_words(token: str) -> None:
    with pytest.raises(BadToken, match="验证码"):
        codes.verify_token(token)


def test_codes_of_another_platform_are_refused(settings: object, tmp_path: Path) -> None:
    settings.HONGDUN_HOME = tmp_path / "elsewhere"
    foreign = codes.licence_token(builders.CLAIMS)
    settings.HONGDUN_HOME = tmp_path
    with pytest.raises(BadToken):
        codes.verify_token(foreign)


def test_a_renewed_key_leaves_old_codes_valid() -> None:
    old = codes.licence_token(builders.CLAIMS)
    codes.renew_key()
    new = codes.licence_token(builders.CLAIMS)
    assert new != old
    assert codes.verify_token(old) == codes.verify_token(new) == builders.CLAIMS
    assert len(codes.public_keys()) == 2


def test_the_qr_code_stays_readable_on_paper() -> None:
    url = codes.licence_url("https://hongdun.example.gov.cn/", builders.CLAIMS)
    assert url.startswith("https://hongdun.example.gov.cn/verify/")
    width, _ = segno.make(url, error="m", micro=False).symbol_size(border=0)
    assert width <= 57
    assert 28 / width >= 0.4  # mm a module, on a duplicate


def test_the_offline_script_reads_code_and_address(tmp_path: Path) -> None:
    url = codes.licence_url("https://hongdun.example.gov.cn", builders.CLAIMS)
    codes.renew_key()
    for given in (url, url.rsplit("/", 1)[1]):
        done = offline(published(tmp_path), given)
        assert done.returncode == 0, done.stderr
        for part in (
            "签名有效",
            "91450103MA5N8K2T4R",
            "2026-11-22",
            "副本，第 3 版",
            "450103000",
            "看不到此后的变更",
        ):
            assert part in done.stdout


def test_the_offline_script_refuses_forgeries_and_unknown_keys(tmp_path: Path) -> None:
    token = codes.licence_token(builders.CLAIMS)
    keys = published(tmp_path)
    forged = token[:60] + ("A" if token[60] != "A" else "B") + token[61:]
    for bad in (forged, "junk", ""):
        done = offline(keys, bad)
        assert done.returncode == 1
        assert "核验不通过" in done.stderr
    codes.renew_key()
    newer = codes.licence_token(builders.CLAIMS)
    assert "没有编号为" in offline(keys, newer).stderr
