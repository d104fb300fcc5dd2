"""What only the front can say to the web service: where a request really comes from."""

from __future__ import annotations

from hmac import compare_digest
from typing import TYPE_CHECKING, Any

from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication

PEER = "HTTP_X_HONGDUN_PEER"


def token() -> str:
    """The same in both, since both have the site's secret key."""
    return salted_hmac("hongdun.base.front", "", algorithm="sha256").hexdigest()


class Behind:
    """Gives Django the visitor's address in place of the front's; who doesn't know the token is taken for what he is."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application, self.token = application, token()

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        said, _, peer = environ.pop(PEER, "").partition(" ")
        if said and compare_digest(said.encode(), self.token.encode()):
            environ["REMOTE_ADDR"] = peer
        return self.application(environ, start_response)
