"""Digest authentication on the trunk (RFC 3261 §22, RFC 7616): asked of whoever rings, and answered when we are asked."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiosipua.auth import SipDigestAuth, answer_challenge, build_credentials
from aiosipua.headers import AuthChallenge, parse_auth

if TYPE_CHECKING:
    from aiosipua.message import SipRequest, SipResponse

REALM = "hongdun"
NONCE_SECONDS = 60
ASKED = frozenset({401, 407})


@dataclass(frozen=True)
class Login:
    """The user and secret agreed with the carrier; `demanded` where their calls must show it too."""

    user: str = ""
    secret: str = ""
    demanded: bool = False


class Doorkeeper:
    def __init__(self, login: Login) -> None:
        self.login = login
        self.auth = SipDigestAuth(login.user, login.secret)
        self.key = secrets.token_bytes(32)

    def challenge(self) -> str:
        return f'Digest realm="{REALM}", nonce="{self._nonce(int(time.time()))}", algorithm=MD5, qop="auth"'

    def admits(self, request: SipRequest) -> bool:
        """Whether an INVITE shows the secret with a nonce of ours that is still fresh, for this very address."""
        if not self.login.demanded:
            return True
        shown = parse_auth(request.get_header("Authorization") or "Digest").params
        try:
            count = int(shown.get("nc", ""), 16)
        except ValueError:
            return False
        asked = AuthChallenge("Digest", {"realm": REALM, "nonce": shown.get("nonce", ""), "qop": "auth"})
        wanted = build_credentials(
            self.auth, asked, request.method, shown.get("uri", ""), nonce_count=count, cnonce=shown.get("cnonce", "")
        )  # fmt: skip
        return (
            wanted is not None
            and self._is_fresh(shown.get("nonce", ""))
            and shown.get("uri") == str(request.uri)
            and shown.get("username") == self.login.user
            and hmac.compare_digest(wanted.params["response"], shown.get("response", ""))
        )

    def sign(self, request: SipRequest, response: SipResponse) -> bool:
        """Answer the other side's challenge in a request that is to be sent again; False where we can't."""
        if response.status_code not in ASKED or not self.login.user:
            return False
        if request.get_header("Authorization") or request.get_header("Proxy-Authorization"):
            return False  # refused already
        shown = answer_challenge(self.auth, response, response.status_code, request.method, str(request.uri))
        if shown:
            request.headers.set_single(*shown)
        return shown is not None

    def _nonce(self, at: int) -> str:
        return f"{at}.{hmac.digest(self.key, str(at).encode(), hashlib.sha256).hex()[:32]}"

    def _is_fresh(self, nonce: str) -> bool:
        stamp = nonce.partition(".")[0]
        if not stamp.isdecimal() or not hmac.compare_digest(nonce, self._nonce(int(stamp))):
            return False
        return 0 <= time.time() - int(stamp) <= NONCE_SECONDS
