from hongdun.calls.queries.calls import Page, call, listed, live, of_number, page_of
from hongdun.calls.queries.routing import Route, choices, is_open, line_organ, route
from hongdun.calls.queries.wall import staffing, wall

__all__ = [
    "Page",
    "Route",
    "call",
    "choices",
    "is_open",
    "line_organ",
    "listed",
    "live",
    "of_number",
    "page_of",
    "route",
    "staffing",
    "wall",
]
