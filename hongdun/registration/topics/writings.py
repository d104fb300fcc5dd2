"""The page where papers are written from models: each can be edited, or left empty and brought as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hongdun.base.forms import GovForm
from hongdun.registration import writing
from hongdun.registration.forms import Topic
from hongdun.registration.naming import check_printable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongdun.registration.kinds import Kind
    from hongdun.registration.writing import Paper

LONGEST = 30_000
EDIT = "按范本写成，可以修改。不用范本的请删空，在“上传材料”中上传自己的文件。"
STALE = "申请内容在您修改之后又有改动，请核对下面的文字"


class Writing(GovForm):
    """A text for each paper, and a way back to the model for those that were edited and are behind the application."""

    def __init__(
        self, *args: Any, papers: Mapping[str, Paper], models: Mapping[str, str], stale: frozenset[str], **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.models = models
        for code, paper in papers.items():
            self.fields[code] = forms.CharField(
                label=paper.label, required=False, max_length=LONGEST, strip=True,
                widget=forms.Textarea(attrs={"rows": 16}), help_text=f"{STALE}。{EDIT}" if code in stale else EDIT,
            )  # fmt: skip
            if code in stale:
                self.fields[f"renew_{code}"] = forms.BooleanField(
                    label=f"按现在的申请内容重新写{paper.label}，放弃我的修改", required=False
                )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for code, model in self.models.items():
            text = model if data.get(f"renew_{code}") else "\n".join(str(data.get(code) or "").splitlines())
            try:
                data[code] = check_printable(text)
            except forms.ValidationError as problem:
                self.add_error(code, problem)
        return data


class Missing(GovForm):
    def __init__(self, *args: Any, labels: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.labels = labels

    def clean(self) -> dict[str, Any]:
        raise forms.ValidationError(
            f"文件按申请内容写成，请先填写{'、'.join(f'“{each}”' for each in self.labels)}。"
        )


class Writings(Topic):
    """`labels`: of the filing's topics, to say which are missing; `kind`: what is founded."""

    code, label = "papers", "章程、协议等文件"
    lead = "已按您填写的内容写好，核对后保存即可，提交时自动附在申请材料中；也可以跳过这一项，自己上传。"
    aside = "registration/writings.html"
    optional = True
    kind: ClassVar[Kind]
    labels: ClassVar[Mapping[str, str]] = {}

    def build(self) -> None:
        if lacking := writing.missing(self.kind, self.data):
            self.papers: Mapping[str, Paper] = {}
            self.form = Missing(self.posted, labels=[self.labels.get(code, code) for code in lacking])
            return
        self.papers = {paper.code: paper for paper in writing.papers(self.kind, self.data)}
        self.models = {code: writing.write(paper, self.data) for code, paper in self.papers.items()}
        before = self.saved or {}
        texts = {code: before.get(code, {}).get("text", model) for code, model in self.models.items()}
        edited = {code for code in self.models if code in before and texts[code] != before[code]["model"]}
        stale = frozenset(code for code in edited if before[code]["model"] != self.models[code])
        shown = {code: texts[code] if code in edited else model for code, model in self.models.items()}
        self.form = Writing(self.posted, initial=shown, papers=self.papers, models=self.models, stale=stale)

    @property
    def written(self) -> list[tuple[str, str]]:
        """Papers that are saved, to be looked at as they will be printed."""
        return [
            (code, paper.label)
            for code, paper in self.papers.items()
            if (self.saved or {}).get(code, {}).get("text")
        ]

    def save(self) -> Any:
        assert self.form is not None
        texts = {code: self.form.cleaned_data[code] for code in self.papers}
        return {
            code: self._unchanged(code, text)
            or {"label": self.papers[code].label, "text": text, "model": self.models[code]}
            for code, text in texts.items()
        }  # fmt: skip

    def _unchanged(self, code: str, text: str) -> dict[str, Any] | None:
        """What was printed with the first application isn't printed again."""
        before: dict[str, Any] = (self.saved or {}).get(code, {})
        return before if before.get("text") == text and before.get("model") == self.models[code] else None
