"""`masdar ingest`: articles in, records into a store."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from masdar.cli.pool import Pool, Work
from masdar.cli.read import STOPPED, dated, iso_date
from masdar.errors import MasdarError

if TYPE_CHECKING:
    from masdar.store.ingest import Reading, Tally
    from masdar.types import MadeBy

HELP = "The store: news.db, or postgresql://user:password@host/name. [env: MASDAR_STORE]"
STORE = click.option("--store", "url", required=True, metavar="URL", envvar="MASDAR_STORE", help=HELP)


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE...]")
@click.option("--store", "url", metavar="URL", envvar="MASDAR_STORE", help=HELP)
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
@click.option("--engine", type=click.Choice(["processes", "dask"]), default="processes", help="What reads.")
@click.option("--scheduler", metavar="ADDRESS", help="With dask: of a cluster, tcp://host:8786; this machine if none.")
@click.option("--shards", type=click.Path(path_type=Path), metavar="FOLDER", help="With dask: for what was read.")
@click.option("--shard-size", type=click.IntRange(1), default=200, help="With dask: articles in a shard.")
def ingest(  # noqa: PLR0913
    sources: tuple[str, ...],
    *,
    url: str | None,
    again: bool,
    jobs: int | None,
    published: str | None,
    overrides: Path | None,
    allow_private: bool,
    engine: str,
    scheduler: str | None,
    shards: Path | None,
    shard_size: int,
) -> None:
    """Read articles into a store.

    What the store has already is passed over, so that the command may be given again at any time: after it was stopped
    or killed it goes on where it was, and with a newer masdar it reads what is out of date. SOURCE is the same as for
    `masdar read`. With --again no SOURCE is needed: the texts are in the store.
    """
    if bool(sources) == again:
        raise click.UsageError("Give either a SOURCE or --again.")
    if engine == "dask":
        from masdar.cli.cluster import Cluster, read_on

        cluster = Cluster(scheduler, shards, shard_size, jobs or os.cpu_count() or 1, published, overrides)
        read_on(cluster, sources, url)
        return
    if scheduler or shards:
        raise click.UsageError("--scheduler and --shards go with --engine dask.")
    if url is None:
        raise click.UsageError("Missing option '--store'.")
    from masdar.sources import open_source
    from masdar.sources.fetch import Fetcher
    from masdar.store import open_store
    from masdar.store.ingest import Ingest, Memory
    from masdar.store.packed import packed
    from masdar.store.shards import Loading, shards_in

    with open_store(url, create=not again) as store:
        loading = Loading(store, complain)
        made = [path for source in sources for path in shards_in(source)]
        others = [source for source in sources if not shards_in(source)]
        pool = Pool(Work(packed, overrides), jobs or os.cpu_count() or 1)
        read = cast("Reading", pool.answers)  # what is no article comes back as it is
        run = Ingest(store, versions(overrides), read, complain, tally=loading.tally)
        memory = Memory(store.view())
        opened = partial(open_source, fetcher=Fetcher(allow_private=allow_private), memory=memory)
        named = ((source, dated([source], published, opened)) for source in others)
        answers = run.again() if again else chain(loading.shards(made), run.articles(named, memory))
        watch(run.tally, answers, store.name)


def complain(error: MasdarError) -> None:
    """Say what could not be read, or what is wrong with the database."""
    click.echo(f"Error: {error}", err=True)


def versions(overrides: Path | None) -> MadeBy:
    """What the records of this run will say they were made by, without loading the model."""
    from masdar.overrides import Overrides
    from masdar.reader import made_by
    from masdar.tagger import Tagger

    return made_by(Tagger(), Overrides.load(overrides).load_places())


def watch(
    tally: Tally, answers: Iterator[object], name: str, which: str = "masdar status --failures says which"
) -> None:
    """See a run through, showing how far it is to a person who looks on, and say what came of it."""
    from masdar.cli.progress import shown

    try:
        for _ in shown(answers, 0) if sys.stderr.isatty() else answers:
            pass
    except KeyboardInterrupt:
        click.echo(f"Stopped. {said(tally, which)} The same command goes on from there.", err=True)
        sys.exit(STOPPED)
    click.echo(f"{name}: {said(tally, which)}", err=True)
    if tally.failed:
        sys.exit(1)


def said(tally: Tally, which: str) -> str:
    """12 read, 3 there already, 1 could not be read."""
    failed = f", {tally.failed} could not be read ({which})" if tally.failed else ""
    return f"{tally.read} read, {tally.known} there already{failed}."
