"""Error texts for form fields that say what is wrong, where, and how to mend it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django import forms

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Texts = dict[str, str | _StrPromise]

# Most special first: Django's decimal and float fields are integer fields.

BY_TYPE: tuple[tuple[type[forms.Field], str, str], ...] = (
    (forms.DecimalField, "应为数字", "50"),
    (forms.FloatField, "应为数字", "50"),
    (forms.IntegerField, "应为整数", "50"),
    (forms.DateTimeField, "应为真实的日期和时间", "2026-11-22 09:30"),
    (forms.DateField, "应为真实的日期", "2026-11-22"),
    (forms.TimeField, "应为时间", "09:30"),
    (forms.EmailField, "应为电子邮箱地址", "zhangsan@example.cn"),
    (forms.URLField, "应为网址", "https://www.example.cn"),
)


def improve(
    field: forms.Field, *, label: str, example: str = "", unit: str = "", counted: str = "个字"
) -> None:
    """Replace Django's own texts on this field; texts that its author wrote are kept."""
    standard = _standard_texts(type(field))  # type: ignore[arg-type]  # mypy asks a class for its instances' __hash__
    texts = _texts(field, label=label, example=example, unit=unit, counted=counted)
    for code, text in texts.items():
        if field.error_messages.get(code) is standard.get(code):
            field.error_messages[code] = text


@cache
def _standard_texts(kind: type[forms.Field]) -> Texts:
    texts: Texts = {}
    for base in reversed(kind.__mro__):
        if base.__module__.startswith("django."):
            texts |= getattr(base, "default_error_messages", {})
    return texts


def _texts(field: forms.Field, *, label: str, example: str, unit: str, counted: str) -> Texts:
    texts: Texts = {
        "required": _required(field, label=label, example=example),
        "max_length": f"{label}最多 %(limit_value)d {counted}，现在有 %(show_value)d {counted}，请删减",
        "min_length": f"{label}至少 %(limit_value)d {counted}，现在只有 %(show_value)d {counted}，请补全",
        "max_value": f"{label}应不大于 %(limit_value)s{_spaced(unit)}，请改小",
        "min_value": f"{label}应不小于 %(limit_value)s{_spaced(unit)}，请改大",
        "above": f"{label}应为大于 {getattr(field, 'above', 0)} 的数字，例如 {example or 50}",
        "max_digits": f"{label}的位数太多，最多 %(max)s 位，请核对",
        "max_whole_digits": f"{label}太大，整数部分最多 %(max)s 位，请核对",
        "max_decimal_places": f"{label}最多保留 %(max)s 位小数",
        "null_characters_not_allowed": f"{label}含有无法识别的字符，请删去后重新填写",
        "invalid_extension": f"{label}应为 %(allowed_extensions)s 文件，您选的是 %(extension)s，请换一个",
        "invalid_choice": f"{label}中没有这个选项，请重新选择",
        "invalid_list": f"请重新选择{label}",
    }
    if isinstance(field, forms.FileField):
        return texts | _file_texts(label)
    for kind, what, sample in BY_TYPE:
        if isinstance(field, kind):
            return texts | {"invalid": f"{label}{what}，例如 {example or sample}"}
    return texts


def _file_texts(label: str) -> Texts:
    return {
        "invalid": f"没有收到{label}，请重新选择文件",
        "missing": f"没有收到{label}，请重新选择文件",
        "empty": f"{label}是空文件，请打开检查后重新上传",
        "max_length": f"{label}的文件名最多 %(max)d 个字，现在有 %(length)d 个字，请改短文件名后上传",
        "invalid_image": f"{label}应为图片，请上传 JPG 或 PNG 文件",
    }


def _required(field: forms.Field, *, label: str, example: str) -> str:
    if label.endswith(("？", "?")):
        return f"请回答“{label}”"
    if isinstance(field, forms.FileField):
        return f"请上传{label}"
    if isinstance(field, forms.BooleanField):
        return f"请勾选“{label}”后再继续"
    if isinstance(field, (forms.ChoiceField, forms.ModelChoiceField)):
        return f"请选择{label}"
    return f"请填写{label}" + (f"，例如 {example}" if example else "")


def _spaced(unit: str) -> str:
    return f" {unit}" if unit else ""
