"""`masdar join`: find copies, stories and echoes in a store."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field

import click

from masdar.cli.ingest import STORE
from masdar.cli.view import counted

EVERY = 10.0  # seconds between lines of a log


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
        done = join_all(store, again=again, tell=Told().tell)
        counts = store.view().counts()
    click.echo(f"{counted(done.articles, 'article')} of {counted(done.days, 'day')} gone through.", err=True)
    kinds = (("copies", "copy", "copies"), ("stories", "story", "stories"), ("echoes", "echoed quotation", None))
    click.echo(", ".join(counted(counts[table], *words) for table, *words in kinds) + ".")


@dataclass(slots=True)
class Told:
    """How far it has come, on stderr: a terminal's line is written anew, a file gets one now and then."""

    at: float = field(default_factory=time.monotonic)

    def tell(self, done: int, days: int) -> None:
        """Say it, if it is time."""
        is_terminal = sys.stderr.isatty()
        if not is_terminal and time.monotonic() - self.at < EVERY:
            return
        self.at = time.monotonic()
        words = f"{done:,} of at most {counted(days, 'day')}"
        click.echo(f"\r{words}" if is_terminal else words, err=True, nl=not is_terminal or done == days)
