from hongdun.calls.queries.calls import (
    Page,
    call,
    callbacks,
    listed,
    live,
    of_case,
    of_number,
    opened,
    page_of,
)
from hongdun.calls.queries.laying_down import laid_down, one_laid_down
from hongdun.calls.queries.routing import Route, choices, is_open, line_organ, menu_text, route
from hongdun.calls.queries.wall import staffing, wall

__all__ = [
    "Page",
    "Route",
    "call",
    "callbacks",
    "choices",
    "is_open",
    "laid_down",
    "line_organ",
    "listed",
    "live",
    "menu_text",
    "of_case",
    "of_number",
    "one_laid_down",
    "opened",
    "page_of",
    "route",
    "staffing",
    "wall",
]
