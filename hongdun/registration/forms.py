"""One topic of a guided filing: its forms, what was saved before, and what to save now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hongdun.base.forms import GovForm
from hongdun.documents import actions as documents
from hongdun.documents.errors import DocumentProblem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict

    from hongdun.base.actor import Actor
    from hongdun.base.forms import GovFormSet
    from hongdun.law.models import RequiredDocument


class Topic:
    """`data` is the whole draft; `posted` None shows what was saved. Subclasses build `form` and `formset`."""

    code: ClassVar[str]
    label: ClassVar[str]
    lead: ClassVar[str] = ""
    form: GovForm | None = None
    formset: GovFormSet | None = None

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        actor: Actor,
        posted: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
    ) -> None:
        self.data, self.actor, self.posted, self.files = data, actor, posted, files
        self.saved: Any = data.get(self.code)
        self.build()

    def build(self) -> None:
        raise NotImplementedError

    def rearrange(self) -> bool:
        """Add or remove a row if such a button was pressed; nothing is complained about then."""
        new = self.formset.rearranged() if self.formset is not None else None
        if new is None:
            return False
        self.formset = new
        if self.form is not None:
            self.form.unchecked = True
        return True

    def is_valid(self) -> bool:
        checks = [f.is_valid() for f in (self.form, self.formset) if f is not None]
        return all(checks)

    def save(self) -> Any:
        """Return what the draft keeps of this topic: plain JSON without identity numbers."""
        assert self.form is not None
        return self.form.cleaned_data


class Uploads(Topic):
    """One file field for every required document of the filing; what is there stays until it is replaced."""

    code = "documents"
    label = "上传材料"
    lead = "可以上传 PDF 或手机拍的照片（JPG、PNG），每个不超过 20 MB。"

    def required(self) -> Sequence[RequiredDocument]:
        raise NotImplementedError

    def build(self) -> None:
        self.saved = self.saved or {}
        self.form = GovForm(self.posted, self.files)
        for each in self.required():
            there = self.saved.get(each.code, [])
            field = forms.FileField(label=each.label, required=not each.condition and not there)
            field.help_text = self._hint(each, there)
            field.error_messages["required"] = f"请上传{each.label}（{each.citation}）。"
            self.form.fields[each.code] = field

    def _hint(self, each: RequiredDocument, there: Sequence[Mapping[str, str]]) -> str:
        names = "、".join(f["filename"] for f in there)
        kept = f"已上传：{names}。重新选择文件会替换它。" if names else ""
        condition = f"{each.condition}。" if each.condition else ""
        return f"{condition}{each.citation} {kept}".strip()

    def is_valid(self) -> bool:
        assert self.form is not None
        if not super().is_valid():
            return False
        self.fresh: dict[str, list[dict[str, str]]] = {}
        for each in self.required():
            upload = self.form.cleaned_data.get(each.code)
            if upload is None:
                continue
            try:
                found = documents.store_upload(
                    upload.read(), actor=self.actor, kind=each.code, title=each.label,
                    filename=upload.name or "", person=self.actor.person,
                )  # fmt: skip
            except DocumentProblem as problem:
                self.form.add_error(each.code, str(problem))
            else:
                self.fresh[each.code] = [
                    {"id": str(found.id), "filename": found.filename, "title": each.label}
                ]
        return not self.form.errors

    def save(self) -> Any:
        return {**self.saved, **self.fresh}
