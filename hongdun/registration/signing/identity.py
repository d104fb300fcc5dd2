"""How a signatory proves to be the person named: by the provider that the installation connects.

`HONGDUN_SIGNER_CHECK` names the class in use; a national identity service replaces the one here.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from hongdun.base.scope import system_scope
from hongdun.parties.models import Kind, Person

if TYPE_CHECKING:
    from hongdun.registration.models import Signature

DIGITS = 6


class SignerCheck(Protocol):
    """`by` is kept with the signature; `hint` tells the signatory which figures are asked for."""

    by: str

    def hint(self, signature: Signature) -> str: ...

    def knows(self, signature: Signature, *, name: str, digits: str) -> bool:
        """Whether name and figures are those of the person who has to sign."""


class LastDigits:
    """Name and last six characters of the number stated in the application; a code to the telephone comes on top."""

    by = "last_digits_and_code"

    def hint(self, signature: Signature) -> str:
        with system_scope("签署人身份核验"):
            kind = Person.objects.values_list("kind", flat=True).get(pk=signature.person)
        return (
            "统一社会信用代码的后六位"
            if kind == Kind.ORGANISATION
            else "身份证号码的后六位，最后一位是 X 的填 X"
        )

    def knows(self, signature: Signature, *, name: str, digits: str) -> bool:
        with system_scope("签署人身份核验"):
            person = Person.objects.get(pk=signature.person)
        wanted = person.id_number[-DIGITS:]
        return (
            len(wanted) == DIGITS
            and hmac.compare_digest(wanted.encode(), digits.strip().upper().encode())
            and name.strip() == signature.name
        )


WORDS = {LastDigits.by: "姓名、证件号码后六位和手机验证码"}


def check() -> SignerCheck:
    return cast("SignerCheck", import_string(settings.SIGNER_CHECK)())
