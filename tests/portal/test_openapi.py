"""openapi.json against the code, and generated requests, good and bad, against openapi.json."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import jsonschema
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from schemathesis.config import GenerationConfig, SchemathesisConfig

from hongdun.base import answers, openapi, operations
from hongdun.lib import entitytypes, particulars, uscc
from hongdun.lib.particulars import Domicile
from hongdun.portal.views.openapi import described
from tests.authorisation.test_urls import patterns
from tests.register.builders import changed, founded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongdun.register.models import Entity

pytestmark = pytest.mark.django_db
KNOWN: list[str] = []
STREAMS = {"api/v1/changes/stream"}  # events of another process; the paged address beside it names it
BODIES = st.integers(0, 31**6 - 1).map(lambda number: uscc.compose("9", "1", "450102", uscc.body(number)))
schemathesis.openapi.format("uscc", st.deferred(lambda: st.sampled_from(KNOWN) if KNOWN else BODIES) | BODIES)


CONFIG = SchemathesisConfig()
CONFIG.projects.default.generation = GenerationConfig(deterministic=True, max_examples=300)
API = schemathesis.openapi.from_dict(described(), config=CONFIG)
API.app = get_wsgi_application()


@pytest.fixture
def entity(db: None) -> Iterator[Entity]:
    """An entity with two states, asked for over WSGI itself inside the test's transaction."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    found = changed(founded(), date(2020, 5, 1), domicile=Domicile("南宁市兴宁区朝阳路9号", "450102"))
    KNOWN[:] = [found.uscc]
    yield found
    for signal in signals:
        signal.connect(close_old_connections)


@API.parametrize()
@settings(suppress_health_check=list(HealthCheck))
def test_whatever_is_asked_is_answered_as_described(case: schemathesis.Case, entity: Entity) -> None:
    case.call_and_validate()


def test_a_key_may_be_sent_either_way_but_need_not() -> None:
    told = described()
    assert told["security"] == [{}, {"apiKey": []}, {"bearer": []}]
    assert told["components"]["securitySchemes"]["apiKey"]["name"] == "X-Api-Key"
    assert told["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"


def test_every_schema_is_one() -> None:
    for path, declared in operations.published():
        schemas = [each.schema for each in declared.parameters.all]
        for schema in (declared.answer, declared.body or {}, *schemas):
            jsonschema.Draft202012Validator.check_schema(schema)
        assert declared.summary, path


def test_every_address_of_the_api_is_described() -> None:
    undescribed = [
        path
        for path, each in patterns()
        if path.startswith(operations.ROOT)
        and path not in STREAMS
        and not hasattr(each.callback, "operation")
    ]
    assert undescribed == []
    assert set(described()["paths"]) == {openapi.address(path) for path, _ in operations.published()}


def test_path_parameters_are_those_of_the_address() -> None:
    for path, one in described()["paths"].items():
        (method,) = one.values()
        declared = {each["name"] for each in method["parameters"] if each["in"] == "path"}
        assert declared == set(re.findall(r"\{(\w+)\}", path)), path
        assert method["summary"]


def test_examples_lead_to_their_own_address() -> None:
    for path, one in operations.published():
        shape = re.sub(r"\{\w+\}", "[^/?]+", openapi.address(path))
        assert re.fullmatch(rf"{shape}(\?.*)?", one.example), path


def test_enums_are_those_of_the_code() -> None:
    answer = described()["paths"]["/api/v1/entities/{uscc}"]["get"]["responses"]["200"]
    shown = answer["content"]["application/json"]["schema"]["properties"]
    assert shown["status"]["properties"]["code"]["enum"] == list(particulars.STATUSES)
    assert shown["type"]["properties"]["code"]["enum"] == list(entitytypes.TYPES)
    problem = described()["components"]["schemas"]["Problem"]["properties"]["type"]
    assert problem["enum"] == [each.urn for each in answers.PROBLEMS.values()]


def test_only_public_roles_are_in_what_is_described() -> None:
    assert not particulars.SECRET_ROLES & set(re.findall(r"\w+", str(described())))
