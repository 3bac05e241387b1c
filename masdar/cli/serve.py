"""`masdar serve`: the desk, a web application over a store, for this computer."""

from __future__ import annotations

import click

from masdar.cli.ingest import STORE


@click.command()
@STORE
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port to listen at.")
def serve(*, url: str, host: str, port: int) -> None:
    """Open the desk: read, search and correct what is in a store, in a browser.

    It needs the extra desk: pip install 'masdar[desk]'.
    """
    from masdar.store import open_store
    from masdar.web.app import create_app

    with open_store(url, create=True) as store:
        import uvicorn

        uvicorn.run(create_app(store), host=host, port=port, log_level="warning")
