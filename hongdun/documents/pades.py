"""PAdES signatures with key files, and their check, by pyHanko."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, cast

from asn1crypto import keys as asn1_keys
from asn1crypto import pem as asn1_pem
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from hongdun.documents import certificates
from hongdun.documents.signing import SignatureReport
from hongdun.documents.words import SHANGHAI

if TYPE_CHECKING:
    from datetime import datetime

    from pyhanko.pdf_utils.writer import BasePdfFileWriter
    from pyhanko.sign.signers.pdf_signer import PdfSigningSession
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

    from hongdun.documents.certificates import SealKeys

FIELD = "Seal"
ROOM = 2048


class LocalKeys:
    """Signs with the key files of `certificates.seal_keys`."""

    @property
    def specimen(self) -> bool:
        return certificates.seal_keys().specimen

    def sign(self, pdf: bytes, *, reason: str, location: str, at: datetime) -> bytes:
        metadata = signers.PdfSignatureMetadata(
            field_name=FIELD,
            subfilter=fields.SigSeedSubFilter.PADES,
            reason=reason,
            location=location,
            certify=True,
            docmdp_permissions=fields.MDPPerm.NO_CHANGES,
            md_algorithm="sha256",
        )
        seal = certificates.seal_keys()
        signer = _DatedSigner(metadata, signer=_simple_signer(seal))
        signer.at = at.astimezone(SHANGHAI)
        # Measuring the room for the signature costs as much as signing once more; in hex it is two for one.
        room = 2 * (ROOM + sum(len(pem) for pem in (seal.certificate, *seal.chain)))
        out = signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), bytes_reserved=room)
        return cast("bytes", out.getvalue())


class _DatedSigner(signers.PdfSigner):
    """Signs at a given time instead of the machine's, so that the paper and the record agree."""

    at: datetime

    def init_signing_session(
        self,
        pdf_out: BasePdfFileWriter,
        existing_fields_only: bool = False,  # noqa: FBT001, FBT002
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session


@lru_cache(maxsize=8)
def _simple_signer(seal: SealKeys) -> signers.SimpleSigner:
    """What all threads sign with. It is read to the end here: two threads that parse the same lazy value at once break it."""
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyhanko-certvalidator's
    chain = [_certificate(each) for each in seal.chain]
    for each in chain:
        store.register(each)
    _, _, key = asn1_pem.unarmor(_pkcs8(seal.key))
    own, signing_key = _certificate(seal.certificate), asn1_keys.PrivateKeyInfo.load(key)
    for value in (own, signing_key, *chain):
        _ = value.native
    return signers.SimpleSigner(signing_cert=own, signing_key=signing_key, cert_registry=store)


def _pkcs8(key: bytes) -> bytes:
    """Bring a mounted key (openssl also writes SEC 1 form) into PKCS#8."""
    loaded = serialization.load_pem_private_key(key, None)
    return loaded.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _certificate(data: bytes) -> asn1_x509.Certificate:
    _, _, der = asn1_pem.unarmor(data)
    return asn1_x509.Certificate.load(der)


def verify(pdf: bytes) -> SignatureReport:
    """Do the work of `signing.verify_pdf`."""
    try:
        found = PdfFileReader(BytesIO(pdf)).embedded_signatures
    except Exception:  # noqa: BLE001 - whatever a foreign file does to the parser, the answer is the same
        return _unreliable("文件损坏，读不出签名。请重新下载原件。")
    if not found:
        return _unreliable("文件没有电子签名。")
    try:
        return _check(found[-1])
    except Exception:  # noqa: BLE001 - as above
        return _unreliable("签名损坏，无法核验。请以登记机关保存的原件为准。", signed=True)


def _check(signature: EmbeddedPdfSignature) -> SignatureReport:
    signed_at = signature.self_reported_timestamp
    context = ValidationContext(
        trust_roots=[_certificate(root) for root in certificates.trusted_roots()],
        allow_fetching=False,
        moment=signed_at,
        best_signature_time=signed_at,
    )
    status = validate_pdf_signature(signature, context)
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    intact = bool(status.intact and status.valid and whole)
    certificate = signature.signer_cert
    return SignatureReport(
        signed=True,
        intact=intact,
        trusted=bool(status.trusted),
        specimen=certificate.dump() in certificates.test_leaves(),
        signer=str(certificate.subject.native.get("common_name", "")),
        signed_at=signed_at,
        problem=_problem(intact=intact, trusted=bool(status.trusted)),
    )


def _problem(*, intact: bool, trusted: bool) -> str:
    if not intact:
        return "文件在签名之后被改动过，内容不可信。请以登记机关保存的原件为准。"
    return "" if trusted else "签名证书不是本平台认可的登记机关印章证书，不能证明文件由登记机关出具。"


def _unreliable(problem: str, *, signed: bool = False) -> SignatureReport:
    return SignatureReport(signed=signed, intact=False, trusted=False, specimen=False, problem=problem)
