"""`masdar join`: find copies, stories and echoes in a store."""

from __future__ import annotations

import sys

import click

from masdar.cli.ingest import STORE
from masdar.cli.view import counted


@click.command()
@STORE
@click.option("--again", is_flag=True, help="Go through all articles, not only what is new.")
def join(*, url: str, again: bool) -> None:
    """Find copies, reports of one event, and the same words across articles.

    Only what is new or changed since the last time is gone through. What people decided to be the same or not the same
    stays so. Stop it at any time and run it again: it goes on where it was.
    """
    from masdar.store import open_store
    from masdar.store.join import join_all

    with open_store(url) as store:
        done = join_all(store, again=again, tell=shown if sys.stderr.isatty() else None)
        counts = store.view().counts()
    click.echo(f"{counted(done.articles, 'article')} of {counted(done.days, 'day')} gone through.", err=True)
    kinds = (("copies", "copy", "copies"), ("stories", "story", "stories"), ("echoes", "echoed quotation", None))
    click.echo(", ".join(counted(counts[table], *words) for table, *words in kinds) + ".")


def shown(done: int, days: int) -> None:
    """How far it has come."""
    click.echo(f"\r{done:,} of at most {counted(days, 'day')}", err=True, nl=False)
    if done == days:
        click.echo(err=True)
