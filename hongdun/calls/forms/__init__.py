from hongdun.calls.forms.records import CallFilter, GiveUpForm, ListenForm

__all__ = ["CallFilter", "GiveUpForm", "ListenForm"]
