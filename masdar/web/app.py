"""The application: the store, the pages in their visible list, and what goes around every answer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from masdar import __version__
from masdar.store import Store
from masdar.store.accounts import Person, Role
from masdar.web.desk import Answer, Parts, link
from masdar.web.errors import RESPONSES, add_handlers
from masdar.web.jobs import Jobs
from masdar.web.pages import NAVIGATION, PAGES
from masdar.web.reading import Reading, shipped
from masdar.web.safety import Guard
from masdar.web.shown import FILTERS

HERE = Path(__file__).parent
LOOPBACK = ("127.0.0.1", "localhost", "::1")
ABOUT = (
    "Every page of the desk as data, at the same address with `.json`. Programs send `Authorization: Bearer TOKEN`; "
    "what goes wrong comes as `{\"error\": {\"status\": …, \"message\": …}}`."
)  # fmt: skip


def create_app(
    store: Store, reading: Reading | None = None, *, name: str = "local", hosts: Sequence[str] = LOOPBACK
) -> FastAPI:
    """The desk over a store.

    Args:
        reading: what reads articles that are added; masdar's own reader unless given.
        name: under which the one at this computer writes while there are no accounts.
        hosts: names that requests may call this server by.
    """
    reading = reading or shipped()
    jobs = Jobs(store, reading)

    @asynccontextmanager
    async def working(_app: FastAPI) -> AsyncIterator[None]:
        jobs.start()
        yield
        jobs.stop()

    app = FastAPI(
        title="masdar", description=ABOUT, version=__version__, docs_url=None, redoc_url=None,
        openapi_url="/openapi.json", default_response_class=Answer, responses=RESPONSES, lifespan=working,
    )  # fmt: skip
    app.state.parts = Parts(store, templates(), NAVIGATION, reading, jobs, Person(name, Role.ADMIN))
    app.add_middleware(Guard, hosts=frozenset(host.lower() for host in hosts))
    app.mount("/static", StaticFiles(directory=HERE / "static"), "static")
    add_handlers(app)
    for page in PAGES:
        app.include_router(page)
    return app


def templates() -> Environment:
    """The templates; everything put into them is escaped, and a name that is not there is an error."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(link=link, version=__version__)
    made.filters.update(FILTERS)
    return made
