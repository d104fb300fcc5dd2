from __future__ import annotations

import pytest

from hongdun.portal.lane.application import Lane
from tests.portal.ahead import Counted


@pytest.fixture
def behind() -> Counted:
    return Counted()


@pytest.fixture
def lane(behind: Counted) -> Lane:
    return Lane(behind)
