"""The JSON API is as its OpenAPI says, and nothing that is sent to it makes the server fail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis import Case
from schemathesis.core.result import Ok

from masdar.store import Store
from masdar.web.app import create_app
from masdar.web.safety import HEADERS
from tests.web.stub import reading

EXAMPLES = 15  # of each operation
OURS = (
    "/articles",
    "/reviews",
    "/search",
    "/facets",
    "/download",
    "/searches",
    "/checking",
    "/history",
    "/jobs",
    "/addresses",
)


@pytest.fixture
def app(store: Store) -> Iterator[FastAPI]:
    """The application, its jobs running."""
    made = create_app(store, reading(), hosts=("127.0.0.1", "localhost", "testserver"))
    with TestClient(made):
        yield made


def test_no_request_makes_the_server_fail(app: FastAPI) -> None:
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)

    def call(case: Case[Any]) -> None:
        answer = case.call()
        assert answer.status_code < 500, f"{case.as_curl_command()}\n{answer.text}"
        if answer.status_code >= 400:
            error = answer.json()["error"]
            assert error["status"] == answer.status_code and error["message"]

    calm = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    tried = 0
    for found in schema.get_all_operations():
        assert isinstance(found, Ok), found
        operation = found.ok()
        if operation.path.startswith(OURS):
            calm(given(case=operation.as_strategy())(call))()
            tried += 1
    assert tried >= 12


def test_every_page_of_data_is_described(app: FastAPI) -> None:
    described = set(app.openapi()["paths"])
    assert {"/articles.json", "/articles/{id}.json", "/reviews.json", "/search.json", "/checking.json"} <= described
    assert {path for path in described if not path.endswith((".json", "/download", ".csv"))} == set()


def test_description_is_served_with_safe_headers(app: FastAPI) -> None:
    answer = TestClient(app).get("/openapi.json")
    assert answer.status_code == 200
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
