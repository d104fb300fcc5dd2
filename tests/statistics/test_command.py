from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from hongdun.base.scope import acting
from hongdun.consumer.actions import beside
from tests.cases import builders as make
from tests.cases.test_pages import sit
from tests.consumer.builders import CITY, COUNTY, STATION, filed, operator, reload

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db
SQUARE = [[[108.0, 22.5], [108.5, 22.5], [108.5, 23.0], [108.0, 23.0], [108.0, 22.5]]]


def test_a_city_sends_a_case_where_the_page_proposes() -> None:
    clerk = operator()
    (case,) = filed(clerk, urgency=("injury",))
    client = sit(clerk)
    page = client.get("/desk/command/").content.decode()
    assert case.number in page
    assert "造成人身伤害" in page
    assert f"/desk/command/send/{case.number}/" in unquote(page)
    done = client.post(f"/desk/command/send/{case.number}/", {"to": str(COUNTY)}, follow=True)
    assert "已分送" in done.content.decode()
    assert reload(case).organ == COUNTY


def test_without_a_place_or_outside_the_range_nothing_is_sent() -> None:
    clerk = operator()
    (case,) = filed(clerk)
    client = sit(clerk)
    for to in ("", "x", "450202000"):
        client.post(f"/desk/command/send/{case.number}/", {"to": to}, follow=True)
        assert reload(case).organ == CITY


def test_the_urgent_come_first() -> None:
    clerk = operator()
    (usual,) = filed(clerk)
    (urgent,) = filed(clerk, urgency=("injury", "minors"))
    page = sit(clerk).get("/desk/command/").content.decode()
    assert page.index(urgent.number) < page.index(usual.number)


@pytest.mark.parametrize("organ", [COUNTY, STATION])
def test_counties_and_stations_have_the_page_too(organ: int) -> None:
    page = sit(make.officer("head", organ=organ)).get("/desk/command/")
    assert page.status_code == 200
    assert "今天值班" in page.content.decode()


def test_the_map_is_drawn_from_the_file_of_the_instance(tmp_path: Path, settings: object) -> None:
    settings.HONGDUN_HOME = tmp_path
    clerk = operator()
    filed(clerk)
    client = sit(clerk)
    assert "<svg viewBox" not in client.get("/desk/command/").content.decode()
    shapes = [
        {
            "type": "Feature",
            "properties": {"code": "450103"},
            "geometry": {"type": "Polygon", "coordinates": SQUARE},
        }
    ]
    (tmp_path / "boundaries.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": shapes})
    )
    page = client.get("/desk/command/").content.decode()
    assert 'd="M0,' in page
    assert "示意图" in page
    outlines = client.get("/desk/command/outlines.json").json()
    assert [each["properties"]["name"] for each in outlines["features"]] == ["青秀区局"]


def test_a_call_back_has_no_matter_and_waits_there_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "SAMPLE", 1)
    clerk = operator()
    (complaint,) = filed(clerk)
    with acting(clerk):
        visit = beside.call_back_if_drawn(complaint, actor=clerk)
    assert visit
    page = sit(make.officer("head", organ=CITY)).get("/desk/command/")
    assert page.status_code == 200
    assert visit.number in page.content.decode()
