"""The name and the type of a company."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hongdun.lib.entitytypes import TYPES
from hongdun.registration import naming
from hongdun.registration.queries import reservations
from hongdun.registration.topics import terms

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from hongdun.base.forms import Look
    from hongdun.register.queries import Naming

KINDS = ("1130", "1151", "1153", "1190")


class Name(naming.NameFields):
    """`draft` is the whole application: its authority and shareholders tell with whom the name may be alike."""

    type = forms.ChoiceField(
        label="公司类型", choices=[(code, TYPES[code].label) for code in KINDS], widget=forms.RadioSelect,
    )  # fmt: skip
    field_order = ("name", "type", "trade", "industry", "link", "link_code", "undertaking")
    looks: ClassVar[Mapping[str, Look]] = naming.NameFields.looks

    def __init__(self, *args: Any, draft: Mapping[str, Any], applicant: UUID | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "公司名称"
        self.draft, self.reserved = draft, reservations(applicant)

    def naming(self, data: Mapping[str, Any]) -> Naming:
        return terms.naming({**self.draft, "name": data}, reserved=self.reserved)

    def clean_name(self) -> str:
        name = super().clean_name()
        if not name.endswith(("有限公司", "有限责任公司")):
            raise forms.ValidationError(
                "有限责任公司的名称须以“有限公司”或“有限责任公司”结尾（公司法第七条）。"
            )
        return name
