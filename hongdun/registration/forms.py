"""One topic of a guided filing: its forms, what was saved before, and what to save now."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.http import QueryDict

from hongdun.base.forms import GovForm
from hongdun.documents import actions as documents
from hongdun.documents import joining
from hongdun.documents.errors import DocumentProblem
from hongdun.documents.forms import FilesField, FilesInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from django.utils.datastructures import MultiValueDict

    from hongdun.base.actor import Actor
    from hongdun.base.forms import GovFormSet
    from hongdun.law.models import RequiredDocument


# Phones offer the camera, and turn their own format of photos into JPEG.
ACCEPT = {"accept": "application/pdf,image/jpeg,image/png"}
# Never kept as typed: they are sealed, or nothing is stored of them.
PRIVATE = frozenset({"id_number", "phone", "home"})


class Topic(ABC):
    """`data` is the whole draft; `posted` None shows what was `typed` and not saved yet, else what was saved.

    Subclasses build `form` and `formset`.
    """

    code: ClassVar[str]
    label: ClassVar[str]
    lead: str = ""
    aside: ClassVar[str] = ""  # template of what stands beside the form
    finder: ClassVar[str] = ""  # template of what helps to find an answer, above the form
    keeps_itself: ClassVar[bool] = True
    optional: ClassVar[bool] = False  # may be passed over
    form: GovForm | None = None
    formset: GovFormSet | None = None

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        actor: Actor,
        posted: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
        typed: Mapping[str, Any] | None = None,
    ) -> None:
        self.data, self.actor, self.posted, self.files = data, actor, posted, files
        self.saved: Any = data.get(self.code)
        self.typed = typed or {}
        self.restored = posted is None and self.keeps_itself and bool(self.typed)
        if self.restored:
            self.posted = _as_posted(self.typed)
        self.build()
        if self.restored:
            self._without_complaint()

    def _shown(self) -> list[GovForm | GovFormSet]:
        return [each for each in (self.form, self.formset) if each is not None]

    def _without_complaint(self) -> None:
        for each in self._shown():
            each.leave_unchecked()

    @abstractmethod
    def build(self) -> None:
        """Make `form` and `formset` from what was posted, or from what was saved."""

    def rearrange(self) -> bool:
        """Add or remove a row if such a button was pressed; nothing is complained about then."""
        new = self.formset.rearranged() if self.formset is not None else None
        if new is None:
            return False
        self.formset = new
        self._without_complaint()
        return True

    def kept(self) -> dict[str, Any]:
        """What the draft keeps of a topic that isn't right yet: its fields as typed, empty if nothing was changed."""
        forms_shown = [*([self.form] if self.form else []), *(self.formset.forms if self.formset else [])]
        if not any(form.has_changed() for form in forms_shown) and not self._has_other_rows():
            return {}
        names = [name for form in forms_shown for name in _keepable(form)]
        if self.formset is not None:
            names += [f"{self.formset.prefix}-{name}" for name in ("TOTAL_FORMS", "INITIAL_FORMS")]
        posted = cast("QueryDict", self.posted if self.formset is None else self.formset.data)
        return {name: posted.getlist(name) for name in names if name in posted}

    def _has_other_rows(self) -> bool:
        if self.formset is None:
            return False
        return self.formset.total_form_count() != max(len(self.formset.initial or ()), self.formset.min_num)

    def is_valid(self) -> bool:
        checks = [each.is_valid() for each in self._shown()]
        return all(checks)

    def save(self) -> Any:
        """Return what the draft keeps of this topic: plain JSON without identity numbers."""
        assert self.form is not None
        return self.form.cleaned_data


def _as_posted(typed: Mapping[str, Any]) -> QueryDict:
    posted = QueryDict(mutable=True)
    for name, values in typed.items():
        posted.setlist(name, values)
    return posted


def _keepable(form: forms.Form) -> Iterator[str]:
    """Names under which the fields of the form are posted, without files and what may not be kept."""
    for name, field in form.fields.items():
        if name not in PRIVATE and not isinstance(field, forms.FileField):
            yield form.add_prefix(name)


class Uploads(Topic):
    """A field for every required document of the filing; what is there stays until it is replaced.

    The page's script sends files while the page is still filled in (views.uploads); without it they come with the form.
    """

    code = "documents"
    label = "上传材料"
    keeps_itself = False  # files travel with the real submission only
    lead = "可以上传 PDF，也可以直接用手机拍照。一份材料有几页的，一次选几张照片，自动合成一份。"

    @abstractmethod
    def required(self) -> Sequence[RequiredDocument]:
        """Papers that the law asks for in this filing today."""

    def conditional(self, paper: RequiredDocument) -> bool:
        return bool(paper.condition)

    def build(self) -> None:
        self.saved = {**(self.saved or {}), **self.typed}
        self.fresh: dict[str, list[dict[str, str]]] = {}
        self.form = GovForm(self.posted, self.files)
        for each in self.required():
            there = self.saved.get(each.code, [])
            field = FilesField(
                label=each.label,
                required=not self.conditional(each) and not there,
                widget=FilesInput(attrs=ACCEPT),
            )
            field.help_text = self.hint(each, there)
            field.error_messages["required"] = f"请上传{each.label}（{each.citation}）。"
            self.form.fields[each.code] = field

    def hint(self, each: RequiredDocument, there: Sequence[Mapping[str, str]]) -> str:
        names = "、".join(f["filename"] for f in there)
        kept = f"已上传：{names}。重新选择文件会替换它。" if names else ""
        condition = f"{each.condition}。" if each.condition else ""
        return f"{condition}{each.citation} {kept}".strip()

    def is_valid(self) -> bool:
        """Files that are right are stored at once and stay, while others are missing or wrong."""
        assert self.form is not None
        super().is_valid()
        for each in self.required():
            uploads = self.form.cleaned_data.get(each.code) or ()
            try:
                self.take(each, [(upload.name or "", upload.read()) for upload in uploads])
            except DocumentProblem as problem:
                self.form.add_error(each.code, str(problem))
        return not self.form.errors

    def take(self, paper: RequiredDocument, files: Sequence[tuple[str, bytes]]) -> None:
        """Check and keep the files of one paper, photos as one PDF; raises DocumentProblem, and keeps nothing then."""
        entries = []
        for filename, data in joining.joined(files, title=paper.label):
            found = documents.store_upload(
                data, actor=self.actor, kind=paper.code, title=paper.label, filename=filename, person=self.actor.person,
            )  # fmt: skip
            entries.append({"id": str(found.id), "filename": found.filename, "title": paper.label})
        if entries:
            self.fresh[paper.code] = entries
            assert self.form is not None
            self.form[paper.code].help_text = self.hint(paper, entries)

    def kept(self) -> dict[str, Any]:
        return {**self.typed, **self.fresh}

    def save(self) -> Any:
        return {**self.saved, **self.fresh}
