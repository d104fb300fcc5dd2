"""Seal certificates: the authority's own when mounted, else a test authority made at first start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hongdun.documents import places
from hongdun.documents.errors import BadSealKeys

if TYPE_CHECKING:
    from pathlib import Path

SPECIMEN_ORGANISATION = "红盾样本（无法律效力）"
ROOT_NAME = "红盾测试根证书（样本）"
LEAF_NAME = "登记机关电子印章（样本）"
ROOT_YEARS, LEAF_YEARS = 20, 10
PEM = serialization.Encoding.PEM


@dataclass(frozen=True, slots=True)
class SealKeys:
    """PEM of the key and certificate that seal papers, and of the certificates above it, root last."""

    key: bytes
    certificate: bytes
    chain: tuple[bytes, ...]
    specimen: bool


def seal_keys() -> SealKeys:
    """Keys of the mounted seal (keys/seal/{key,cert,chain}.pem), else of the built-in test authority."""
    mounted = places.keys() / "seal"
    if (mounted / "key.pem").is_file():
        return _load(mounted, False, _changed(mounted))
    ensure_test_authority()
    folder = places.keys() / "ca"
    return _load(folder, True, _changed(folder))


def trusted_roots() -> list[bytes]:
    """PEM of every root that a paper of this platform may lead to: seals in use, former seals, the test root.

    A replaced seal stays believable through its root in keys/seal/former/*.pem.
    """
    keys = seal_keys()
    roots = [keys.chain[-1] if keys.chain else keys.certificate]
    former = [path.read_bytes() for path in sorted((places.keys() / "seal" / "former").glob("*.pem"))]
    test_root = places.keys() / "ca" / "chain.pem"
    return [*roots, *former, *([test_root.read_bytes()] if test_root.is_file() else [])]


def test_leaves() -> set[bytes]:
    """DER of the built-in test certificate, if it was ever made: what it signs is a specimen."""
    leaf = places.keys() / "ca" / "cert.pem"
    if not leaf.is_file():
        return set()
    return {x509.load_pem_x509_certificate(leaf.read_bytes()).public_bytes(serialization.Encoding.DER)}


def _changed(folder: Path) -> int:
    return sum(path.stat().st_mtime_ns for path in folder.glob("*.pem"))


@lru_cache(maxsize=16)
def _load(folder: Path, specimen: bool, changed: int) -> SealKeys:  # noqa: ARG001, FBT001 - key of the cache
    try:
        key = (folder / "key.pem").read_bytes()
        certificate = (folder / "cert.pem").read_bytes()
        chain_file = folder / "chain.pem"
        chain = x509.load_pem_x509_certificates(chain_file.read_bytes()) if chain_file.is_file() else []
        _same_key(key, certificate)
    except (OSError, ValueError, TypeError) as error:
        raise BadSealKeys(
            f"印章证书不能用：{folder}。请检查 key.pem（未加密）、cert.pem、chain.pem 是否齐全、配套。"
        ) from error
    return SealKeys(key, certificate, tuple(c.public_bytes(PEM) for c in chain), specimen)


def _same_key(key: bytes, certificate: bytes) -> None:
    private = serialization.load_pem_private_key(key, None)
    stated = x509.load_pem_x509_certificate(certificate).public_key()
    if private.public_key() != stated:
        raise ValueError("key and certificate differ")


def ensure_test_authority() -> None:
    """Make the test authority once per data directory; several processes may start together."""
    folder = places.keys() / "ca"
    if (folder / "cert.pem").is_file():
        return
    with places.alone(folder):
        if not (folder / "cert.pem").is_file():
            _make_test_authority(folder)


def _make_test_authority(folder: Path) -> None:
    root_key, leaf_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = _certificate(ROOT_NAME, root_key, ROOT_NAME, root_key, authority=True, years=ROOT_YEARS)
    leaf = _certificate(LEAF_NAME, leaf_key, ROOT_NAME, root_key, authority=False, years=LEAF_YEARS)
    places.write_private(folder / "root-key.pem", _pem(root_key))
    places.write_private(folder / "key.pem", _pem(leaf_key))
    places.write_private(folder / "chain.pem", root.public_bytes(PEM))
    # Last, because its presence says that the authority is complete.
    places.write_private(folder / "cert.pem", leaf.public_bytes(PEM))


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, SPECIMEN_ORGANISATION),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _certificate(
    subject: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    authority: bool,
    years: int,
) -> x509.Certificate:
    # Back-dated, so that generated demo papers of past years verify as well.
    start = datetime(2000, 1, 1, tzinfo=UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(datetime.now(UTC) + timedelta(days=365 * years))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
        .add_extension(_usage(authority=authority), critical=True)
    )
    return builder.sign(issuer_key, hashes.SHA256())


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
