"""Several files at once, each checked by what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from hongdun.documents import uploads
from hongdun.documents.errors import UploadRefused

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MOST = 9


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of files that may be kept; the message names the file that may not, and how to mend it."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files = [super(FilesField, self).clean(each, initial) for each in data or [None]]
        files = [each for each in files if each]
        if len(files) > MOST:
            raise forms.ValidationError(f"一次最多上传 {MOST} 个文件，您选了 {len(files)} 个，请分几次上传")
        for each in files:
            _check(each)
        return files


def _check(file: UploadedFile[Any]) -> None:
    name = file.name or ""
    try:
        uploads.check(file.read(), filename=name)
    except UploadRefused as refused:
        raise forms.ValidationError(f"{name}：{refused}") from refused
    file.seek(0)
