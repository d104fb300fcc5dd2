from hongdun.calls.queries.calls import call, listed, live, of_number
from hongdun.calls.queries.routing import Route, choices, is_open, line_organ, route

__all__ = [
    "Route",
    "call",
    "choices",
    "is_open",
    "line_organ",
    "listed",
    "live",
    "of_number",
    "route",
]
