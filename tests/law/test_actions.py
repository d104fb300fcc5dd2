from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection

from hongdun.law import actions
from hongdun.law.models import CalendarDay, Ground, RequiredDocument, Rule, Statute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.plugin import DjangoDbBlocker

    from hongdun.site.run.database import Access


@pytest.fixture
def _as_owner(
    database_access: Access, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    served = {key: connection.settings_dict[key] for key in ("USER", "PASSWORD")}
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict |= {"USER": "hongdun_owner", "PASSWORD": database_access["roles"]["owner"]}
        yield
        connection.close()
        connection.settings_dict |= served


@pytest.mark.db15
@pytest.mark.usefixtures("_as_owner")
def test_loading_again_changes_nothing() -> None:
    models = (Statute, Rule, Ground, RequiredDocument, CalendarDay)
    before = [list(model.objects.order_by("pk").values_list()) for model in models]
    counts = actions.load_tables()
    assert [list(model.objects.order_by("pk").values_list()) for model in models] == before
    assert list(counts.values()) == [len(rows) for rows in before]
