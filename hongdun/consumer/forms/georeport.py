"""A request as Open311 gives it, checked; the messages go to the program that sent it."""

from __future__ import annotations

from typing import Any

from django import forms

from hongdun.base.fields import CodeField, DateField, NumberField
from hongdun.base.forms import GovForm
from hongdun.consumer.models import Kind


class Request(GovForm):
    jurisdiction_id = forms.RegexField(
        r"^45\d{4}$", label="jurisdiction_id", error_messages={"invalid": "应为六位行政区划代码，例如 450103"}
    )
    service_code = forms.ChoiceField(label="service_code", choices=Kind.choices)
    description = forms.CharField(label="description", max_length=3000)
    address_string = forms.CharField(label="address_string", required=False, max_length=200)
    first_name = forms.CharField(label="first_name", required=False, max_length=30)
    last_name = forms.CharField(label="last_name", required=False, max_length=30)
    phone = CodeField(label="phone", required=False, max_length=20)
    merchant = forms.CharField(label="attribute[merchant]", required=False, max_length=120)
    amount = NumberField(
        label="attribute[amount]", required=False, min_value=0, max_digits=12, decimal_places=2
    )
    bought = DateField(label="attribute[bought]", required=False)

    def as_typed(self) -> dict[str, Any]:
        """Under the names of the operator's page."""
        given = self.cleaned_data
        return {
            "kinds": [given["service_code"]],
            "text": given["description"],
            "sender_name": f"{given['last_name']}{given['first_name']}",
            "sender_phone": given["phone"],
            "sender_address": "",
            "merchant": given["merchant"],
            "merchant_address": given["address_string"],
            "sale_division": given["jurisdiction_id"],
            "amount": given["amount"],
            "bought": given["bought"],
            "anonymous": not given["last_name"] and given["service_code"] == Kind.REPORT,
        }
