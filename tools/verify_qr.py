"""Check a licence's QR code without a line: needs only `cbor2`, `cryptography` and the published keys.

The keys are at /documents/licence-keys.pem of the platform.

python tools/verify_qr.py --key licence-keys.pem https://…/verify/… (or the code alone)
"""

from __future__ import annotations

import argparse
import base64
import re
import sys
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

EPOCH = date(2000, 1, 1)
FORMAT = 1
KEY_ID = 4
PEM = re.compile(rb"-----BEGIN PUBLIC KEY-----.+?-----END PUBLIC KEY-----", re.DOTALL)
LIMIT = (
    "以上是签发时的内容。离线核验看不到此后的变更、注销、吊销或执照作废；"
    "请联网打开二维码中的网址，或向登记机关查询当前状态。"
)


class Wrong(Exception):
    """The code can't be believed."""


def read(text: str, keys: dict[bytes, Ed25519PublicKey]) -> list[str]:
    """Lines that say what the code states; raises Wrong unless one of `keys` signed it."""
    token = text.strip().rstrip("/").rsplit("/", 1)[-1]
    try:
        protected, unprotected, payload, signature = cbor2.loads(
            base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        ).value
        key_id = unprotected[KEY_ID]
    except Exception as error:
        raise Wrong("读不出验证码：请重新扫描，核对网址是否完整。") from error
    if key_id not in keys:
        raise Wrong(f"没有编号为 {key_id.hex()} 的公钥：请从平台下载全部公钥，用 --key 逐个给出。")
    try:
        keys[key_id].verify(signature, cbor2.dumps(["Signature1", protected, b"", payload]))
    except InvalidSignature as error:
        raise Wrong("签名不符：验证码不是登记机关签发的，或已被改动。") from error
    return lines(cbor2.loads(payload))


def lines(payload: list[object]) -> list[str]:
    if payload[0] != FORMAT:
        raise Wrong("验证码的格式比本程序新：请更新本程序。")
    _, uscc, serial, days, copy, version, organ = payload
    issued = EPOCH + timedelta(days=int(str(days)))
    return [
        "签名有效。",
        f"统一社会信用代码：{uscc}",
        f"执照编号：{serial}",
        f"执照：{'副本' if copy else '正本'}，第 {version} 版",
        f"签发日期：{issued.isoformat()}",
        f"登记机关代码：{organ}",
        LIMIT,
    ]


def load(paths: list[Path]) -> dict[bytes, Ed25519PublicKey]:
    found = {}
    for pem in PEM.findall(b"\n".join(path.read_bytes() for path in paths)):
        key = load_pem_public_key(pem)
        if not isinstance(key, Ed25519PublicKey):
            raise Wrong("公钥文件里有别种公钥：请从平台重新下载 licence-keys.pem。")
        found[sha256(key.public_bytes_raw()).digest()[:KEY_ID]] = key
    if not found:
        raise Wrong("公钥文件里没有公钥：请从平台重新下载 licence-keys.pem。")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description="离线核验营业执照二维码")
    parser.add_argument("--key", type=Path, action="append", required=True, help="平台公布的公钥文件")
    parser.add_argument("code", help="二维码里的网址，或其中的验证码")
    options = parser.parse_args()
    try:
        print("\n".join(read(options.code, load(options.key))))
    except (Wrong, OSError, ValueError) as error:
        print(f"核验不通过：{error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
