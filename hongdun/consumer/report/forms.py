from __future__ import annotations

from django import forms

from hongdun.consumer.routing.forms import Route


class Placing(Route):
    """To a station, or together with the same report that is open already (art. 35)."""

    join_to = forms.CharField(label="并入的举报编号", required=False, max_length=40)
    has_new_facts = forms.BooleanField(label="有新的事实，核查期限从本次收到之日重新计算", required=False)
