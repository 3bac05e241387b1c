"""The application: the store, the pages in their visible list, and what goes around every answer."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from masdar import __version__
from masdar.store import Store
from masdar.web.desk import Parts, link
from masdar.web.pages import NAVIGATION, PAGES
from masdar.web.safety import Headers
from masdar.web.shown import FILTERS

HERE = Path(__file__).parent


def create_app(store: Store) -> FastAPI:
    """The desk over a store."""
    app = FastAPI(title="masdar", version=__version__, docs_url=None, redoc_url=None)
    app.state.parts = Parts(store, templates(), NAVIGATION)
    app.add_middleware(Headers)
    app.mount("/static", StaticFiles(directory=HERE / "static"), "static")
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
