"""`masdar ingest`: articles in, records into a store."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from masdar.cli.pool import Pool, Work
from masdar.cli.read import STOPPED, dated, iso_date

if TYPE_CHECKING:
    from masdar.store.ingest import Answer, Ingest, Reading
    from masdar.types import MadeBy

STORE = click.option(
    "--store",
    "url",
    required=True,
    metavar="URL",
    envvar="MASDAR_STORE",
    help="The store: news.db, or postgresql://user:password@host/name. [env: MASDAR_STORE]",
)


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE...]")
@STORE
@click.option("--again", is_flag=True, help="Read anew what another version of masdar or its model has read.")
@click.option("--jobs", type=click.IntRange(1), help="Processes that read; all cores unless given.")
@click.option("--published", metavar="DATE", callback=iso_date, help="Date of articles that do not say theirs.")
@click.option(
    "--overrides",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Folder with names.yml, actors.yml, places.yml of your own.",
)
@click.option("--allow-private", is_flag=True, help="Also ask addresses of this machine and its own network.")
def ingest(  # noqa: PLR0913
    sources: tuple[str, ...],
    *,
    url: str,
    again: bool,
    jobs: int | None,
    published: str | None,
    overrides: Path | None,
    allow_private: bool,
) -> None:
    """Read articles into a store.

    What the store has already is passed over, so that the command may be given again at any time: after it was stopped
    or killed it goes on where it was, and with a newer masdar it reads what is out of date. SOURCE is the same as for
    `masdar read`. With --again no SOURCE is needed: the texts are in the store.
    """
    if bool(sources) == again:
        raise click.UsageError("Give either a SOURCE or --again.")
    from masdar.sources import open_source
    from masdar.sources.fetch import Fetcher
    from masdar.store import open_store
    from masdar.store.ingest import Ingest, Memory
    from masdar.store.packed import packed

    made_by = versions(overrides)
    with open_store(url, create=not again) as store:
        pool = Pool(Work(packed, overrides), jobs or os.cpu_count() or 1)
        read = cast("Reading", pool.answers)  # what is no article comes back as it is
        run = Ingest(store, made_by, read, lambda error: click.echo(f"Error: {error}", err=True))
        memory = Memory(store.view())
        opened = partial(open_source, fetcher=Fetcher(allow_private=allow_private), memory=memory)
        named = ((source, dated([source], published, opened)) for source in sources)
        watch(run, run.again() if again else run.articles(named, memory), store.name)


def versions(overrides: Path | None) -> MadeBy:
    """What the records of this run will say they were made by, without loading the model."""
    from masdar.overrides import Overrides
    from masdar.reader import made_by
    from masdar.tagger import Tagger

    return made_by(Tagger(), Overrides.load(overrides).load_places())


def watch(run: Ingest, answers: Iterator[Answer], name: str) -> None:
    """See a run through, showing how far it is to a person who looks on, and say what came of it."""
    from masdar.cli.progress import shown

    try:
        for _ in shown(answers, 0) if sys.stderr.isatty() else answers:
            pass
    except KeyboardInterrupt:
        click.echo(f"Stopped. {said(run)} The same command goes on from there.", err=True)
        sys.exit(STOPPED)
    click.echo(f"{name}: {said(run)}", err=True)
    if run.tally.failed:
        sys.exit(1)


def said(run: Ingest) -> str:
    """12 read, 3 there already, 1 could not be read."""
    tally = run.tally
    failed = f", {tally.failed} could not be read (masdar status says which)" if tally.failed else ""
    return f"{tally.read} read, {tally.known} there already{failed}."
