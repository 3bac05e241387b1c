"""`masdar ingest --engine dask`: read on many processes or machines into shards, and take those into the store."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

FOLDER = Path("masdar-shards")


@dataclass(frozen=True, slots=True)
class Cluster:
    """What was asked for on the command line."""

    scheduler: str | None
    shards: Path | None
    size: int
    workers: int
    published: str | None
    overrides: Path | None


def read_on(cluster: Cluster, sources: tuple[str, ...], url: str | None) -> None:
    """Read files and folders; without a store, into shards only."""
    from masdar.cli.ingest import complain, versions, watch
    from masdar.sources.needed import needed

    if not sources:
        raise click.UsageError("--again reads what is in the store; it goes without --engine dask.")
    if url is None and cluster.shards is None:
        raise click.UsageError("Say where to: --store URL, or --shards FOLDER to read into shards only.")
    needed("distributed", "dask", "--engine dask")
    needed("pyarrow", "dask", "--engine dask")
    from masdar.store import open_store
    from masdar.store.clusters import Cluster as Workers
    from masdar.store.clusters import Run, connected
    from masdar.store.ingest import Tally
    from masdar.store.shards import Loading
    from masdar.store.units import HereReads, Plan

    made_by = versions(cluster.overrides)
    overrides = cluster.overrides and cluster.overrides.resolve()
    with ExitStack() as stack:
        loading, tally = None, Tally()
        if url:
            store = stack.enter_context(open_store(url, create=True))
            loading = Loading(store, complain, tally=tally)
        client = stack.enter_context(connected(cluster.scheduler, cluster.workers))
        plan = Plan(cluster.shards or FOLDER, made_by, cluster.size, cluster.published)
        workers = Workers(client, partial(HereReads.load, overrides), made_by)
        answers = Run(workers, plan, loading, complain, tally).answers(sources)
        if loading:
            watch(tally, answers, loading.store.name)
        else:
            watch(tally, answers, str(plan.folder), "column error of its shards says which")
