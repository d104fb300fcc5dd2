"""Who may do what: every view names its action, every action its roles; the matrix test reads this table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, cast

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.http import urlencode

from hongdun.base import seat as seats

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from hongdun.base.actor import Actor

P = ParamSpec("P")
ACTIONS: dict[str, Action] = {}
PUBLIC = "*"
OFFICER = "officer"
APPLICANT = "applicant"


@dataclass(frozen=True, slots=True)
class Action:
    """`roles`: who may; "*" anyone, "officer" any officer with a post, "applicant" a signed-in applicant."""

    code: str
    label: str
    roles: frozenset[str]

    def allows(self, actor: Actor | None) -> bool:
        if PUBLIC in self.roles:
            return True
        return actor is not None and (actor.kind in self.roles or bool(actor.roles & self.roles))


class ActingRequest(Protocol):
    """A request after the actor middleware."""

    actor: Actor | None


def action(code: str, label: str, *roles: str) -> Action:
    return ACTIONS.setdefault(code, Action(code, label, frozenset(roles)))


def requires(
    act: Action,
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponse]],
    Callable[Concatenate[HttpRequest, P], HttpResponse],
]:
    """Bind a view to its action; strangers are sent to log in, others are refused."""

    def bind(
        view: Callable[Concatenate[HttpRequest, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            actor = getattr(request, "actor", None)
            if act.allows(actor):
                return view(request, *args, **kwargs)
            if actor is None:
                return _to_the_door(request, "applicant" if APPLICANT in act.roles else "officer")
            raise PermissionDenied(f"您的岗位不能办理“{act.label}”。")

        guarded.action = act  # type: ignore[attr-defined]
        return guarded

    return bind


def _to_the_door(request: HttpRequest, kind: seats.Kind) -> HttpResponse:
    kept = seats.typed_text_page(request, kind)
    return kept or redirect(f"{seats.DOORS[kind]}?{urlencode({'next': request.get_full_path()})}")


def actor_of(request: HttpRequest) -> Actor:
    """Return the acting person; views guarded by `requires` always have one."""
    actor = cast("ActingRequest", request).actor
    if actor is None:
        raise PermissionDenied("请先登录。")
    return actor
