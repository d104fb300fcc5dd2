from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pypdf import PdfReader, PdfWriter

from hongdun.documents import certificates, pades, signing
from hongdun.documents.errors import BadSealKeys
from tests.documents import builders

if TYPE_CHECKING:
    from pathlib import Path


def signed() -> bytes:
    return signing.sign_pdf(builders.pdf(), reason="登记通知书", location="南宁", at=builders.NINE_O_CLOCK)


def mount_seal(home: Path, *, name: str = "南宁市青秀区市场监督管理局电子印章") -> None:
    """Write a self-signed seal certificate where an authority mounts its own."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=3650))
        .not_valid_after(now + timedelta(days=365))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(certificates._usage(authority=False), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder = home / "keys" / "seal"
    folder.mkdir(parents=True, exist_ok=True)
    pem = serialization.Encoding.PEM
    # The form that openssl ecparam writes.
    old_form = serialization.PrivateFormat.TraditionalOpenSSL
    (folder / "key.pem").write_bytes(key.private_bytes(pem, old_form, serialization.NoEncryption()))
    (folder / "cert.pem").write_bytes(certificate.public_bytes(pem))


def test_a_signed_paper_is_intact_trusted_and_a_specimen_dated_as_told() -> None:
    report = signing.verify_pdf(signed())
    assert report.ok
    assert report.specimen
    assert report.signer == "登记机关电子印章（样本）"
    assert report.signed_at == builders.NINE_O_CLOCK
    assert report.problem == ""


def test_reason_and_place_stand_in_the_file() -> None:
    fields = PdfReader(BytesIO(signed())).get_fields()
    assert fields["Seal"].value["/Reason"] == "登记通知书"
    assert fields["Seal"].value["/Location"] == "南宁"
    assert fields["Seal"].value["/SubFilter"] == "/ETSI.CAdES.detached"


def test_every_changed_byte_of_the_content_is_found() -> None:
    pdf = signed()
    start, length, *_ = PdfReader(BytesIO(pdf)).get_fields()["Seal"].value["/ByteRange"]
    for place in range(start, start + length, 211):
        bad = bytearray(pdf)
        bad[place] ^= 1
        report = signing.verify_pdf(bytes(bad))
        assert not report.ok
        assert report.problem


def test_a_page_added_after_signing_is_found() -> None:
    pdf = signed()
    writer = PdfWriter(BytesIO(pdf), incremental=True)
    writer.add_blank_page(595, 842)
    out = BytesIO()
    writer.write(out)
    report = signing.verify_pdf(out.getvalue())
    assert report.signed
    assert not report.intact
    assert "被改动过" in report.problem


def test_unsigned_and_broken_files_say_so() -> None:
    assert signing.verify_pdf(builders.pdf()).problem == "文件没有电子签名。"
    assert "损坏" in signing.verify_pdf(b"junk").problem
    assert "损坏" in signing.verify_pdf(signed()[:200]).problem


def test_a_mounted_seal_ends_the_specimen(home: Path) -> None:
    assert signing.is_specimen()
    before = signed()
    mount_seal(home)
    assert not signing.is_specimen()
    report = signing.verify_pdf(signed())
    assert report.ok
    assert not report.specimen
    assert report.signer == "南宁市青秀区市场监督管理局电子印章"
    assert signing.verify_pdf(before).specimen


def test_a_former_seal_stays_believable(home: Path) -> None:
    mount_seal(home, name="旧印章")
    old = signed()
    seal = home / "keys" / "seal"
    kept = (seal / "cert.pem").read_bytes()
    mount_seal(home, name="新印章")
    assert not signing.verify_pdf(old).trusted
    (seal / "former").mkdir()
    (seal / "former" / "2026.pem").write_bytes(kept)
    assert signing.verify_pdf(old).ok


def test_a_strangers_signature_is_intact_but_not_trusted(
    home: Path, settings: object, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    settings.HONGDUN_HOME = elsewhere
    foreign = signed()
    settings.HONGDUN_HOME = home
    certificates.ensure_test_authority()
    report = signing.verify_pdf(foreign)
    assert report.intact
    assert not report.trusted
    assert "不是本平台认可" in report.problem


def test_keys_that_do_not_belong_together_are_refused(home: Path) -> None:
    mount_seal(home)
    other = ec.generate_private_key(ec.SECP256R1())
    pem = other.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (home / "keys" / "seal" / "key.pem").write_bytes(pem)
    with pytest.raises(BadSealKeys, match=r"cert\.pem"):
        signing.is_specimen()


def test_the_test_authority_is_made_once_and_only_its_owner_reads_the_keys(home: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: certificates.ensure_test_authority(), range(16)))
    folder = home / "keys" / "ca"
    first = (folder / "cert.pem").read_bytes()
    certificates.ensure_test_authority()
    assert (folder / "cert.pem").read_bytes() == first
    assert stat.S_IMODE((home / "keys").stat().st_mode) == 0o700
    for name in ("key.pem", "root-key.pem"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600


def test_nothing_is_left_to_parse_in_what_threads_share() -> None:
    def unread(value: object) -> int:
        children = getattr(value, "children", None) or []
        return sum(isinstance(each, tuple) or unread(each) for each in children)

    shared = pades._simple_signer(certificates.seal_keys())
    assert unread(shared.signing_cert) == 0


def test_threads_sign_at_once() -> None:
    with ThreadPoolExecutor(4) as pool:
        assert all(signing.verify_pdf(pdf).ok for pdf in pool.map(lambda _: signed(), range(8)))


class ServerSigner:
    specimen = False

    def sign(self, pdf: bytes, *, reason: str, location: str, at: datetime) -> bytes:
        return pdf + f"% {reason} {location} {at:%F}\n".encode()


def test_an_authority_names_its_own_signer(settings: object) -> None:
    settings.HONGDUN_SIGNER = "tests.documents.test_signing.ServerSigner"
    assert not signing.is_specimen()
    assert signed().endswith("% 登记通知书 南宁 2026-11-22\n".encode())
