from __future__ import annotations

import pytest

from tests.portal.ahead import Counted, Fronted


@pytest.fixture
def behind() -> Counted:
    return Counted()


@pytest.fixture
def lane(behind: Counted) -> Fronted:
    return Fronted(behind)
