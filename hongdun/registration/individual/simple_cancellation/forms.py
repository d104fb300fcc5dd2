"""Closing a shop in the simple way, on a phone: which, why, and the undertaking (条例 art. 33)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.registration.individual.cancellation import forms
from hongdun.registration.topics import entity as whose

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongdun.registration.forms import Topic


class Whose(whose.Whose):
    procedure_code = "individual_simple_cancellation"


class Closing(forms.Closing):
    form_class = forms.Promise


TOPICS: Mapping[str, type[Topic]] = {page.code: page for page in (Whose, Closing)}
