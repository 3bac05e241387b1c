"""masdar actors: the base of people and bodies."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def actors() -> None:
    """The base of people and bodies that names are looked up in."""


@actors.command()
@click.argument("dump", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("actors.db"),
    show_default=True,
    help="The base to write.",
)
def build(dump: Path, output: Path) -> None:
    """Make a larger base from a Wikidata dump.

    DUMP is latest-all.json, also packed (.json.gz, .json.bz2), from
    https://dumps.wikimedia.org/wikidatawiki/entities/. Put the base as actors.db into the folder that
    `masdar read --overrides` is given: it is asked after the base of masdar.
    """
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    from masdar.wikidata import build_actors

    columns = (TextColumn("Wikidata"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("", total=dump.stat().st_size)
        count = build_actors(dump, output, lambda read: progress.advance(task, read))
    click.echo(f"{output}: {count} actors", err=True)
