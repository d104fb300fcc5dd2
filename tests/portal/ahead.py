"""What tests of the lane share: Django behind it, counted, and entities to ask for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.wsgi import get_wsgi_application

from hongdun.base.scope import acting
from hongdun.register import actions as register
from tests.register.builders import officer

if TYPE_CHECKING:
    from hongdun.register.models import Entity

django = get_wsgi_application()


class Counted:
    """Django, and how often it was asked."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.calls += 1
        return django(environ, start_response)


def api(entity: Entity) -> str:
    return f"/api/v1/entities/{entity.uscc}"


def page(entity: Entity) -> str:
    return f"/entity/{entity.uscc}/"


def revoked(entity: Entity) -> Entity:
    actor = officer()
    with acting(actor):
        register.set_status(
            entity=entity, status="revoked", on=date(2022, 1, 1), reason="停业", case_id=None, actor=actor
        )
    return entity
