"""What an officer types to begin the entry of an application handed in on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hongdun.base import clock
from hongdun.registration import queries
from hongdun.registration.individual.fields import Receipt
from hongdun.registration.topics.people import PersonFields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongdun.base.forms import Look


class PaperApplication(Receipt, PersonFields):
    """Who applies, for what, and when it was handed in; the rest is entered on the pages of the filing itself."""

    procedure = forms.ChoiceField(label="办什么")
    field_order = ("procedure", "name", "id_number", "phone", "received", "late")
    looks: ClassVar[Mapping[str, Look]] = {**PersonFields.looks, **Receipt.looks}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["procedure"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(code, queries.label(code)) for code in enterable()]
        self.fields["name"].label = "申请人（代表人、代理人）姓名"
        self.fields["id_number"].required = True
        self.initial.setdefault("received", clock.today())


def enterable() -> list[str]:
    """Every filing; individual businesses have sheets of their own at the counter."""
    return [code for code in queries.FILINGS if not code.startswith("individual_")]
