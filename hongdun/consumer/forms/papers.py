"""What an officer enters of a letter, a visit, or a contact that a call made good: the operator's page with scans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.datastructures import MultiValueDict

from hongdun.base.forms import GovForm, Look
from hongdun.consumer.forms.intake import Intake
from hongdun.documents.forms import FilesField

if TYPE_CHECKING:
    from collections.abc import Mapping


class Papers(Intake):
    scans = FilesField(
        label="扫描件",
        required=False,
        help_text="来信、登记表、证据，PDF 或照片，每个不超过 20 MB，一次可以选几个",
    )
    groups: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = (
        ("来件", ("channel", "received", "kinds", "scans")),
        *Intake.groups[1:],
    )

    def __init__(self, data: Any = None, files: Any = None, **rest: Any) -> None:
        super().__init__(data, **rest)
        self.files = files or MultiValueDict()


class LayAside(GovForm):
    reason = forms.CharField(label="不予登记的理由", max_length=300)
    looks: ClassVar[Mapping[str, Look]] = {"reason": Look(example="广告信息，与市场监管无关")}
