from hongdun.calls.forms.records import CallFilter, ListenForm

__all__ = ["CallFilter", "ListenForm"]
