"""No page without an action: who may open it is said in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import URLPattern, URLResolver, get_resolver

from hongdun.base.authorise import ACTIONS, APPLICANT, OFFICER, PUBLIC
from hongdun.org.models import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

# The watchman's own questions: they say "alive" and "ready", never what is inside.
WITHOUT = {"livez", "readyz"}
KNOWN = {PUBLIC, OFFICER, APPLICANT, *Role.values}


def patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in (resolver or get_resolver()).url_patterns:
        path = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from patterns(each, path)
        else:
            yield path, each


def test_every_address_names_its_action() -> None:
    bare = [path for path, each in patterns() if not hasattr(each.callback, "action") and path not in WITHOUT]
    assert bare == []


def test_actions_name_only_known_roles() -> None:
    assert {code: act.roles - KNOWN for code, act in ACTIONS.items() if act.roles - KNOWN} == {}


def test_every_action_has_an_address() -> None:
    used = {each.callback.action.code for path, each in patterns() if path not in WITHOUT}
    assert set(ACTIONS) - used == set()
