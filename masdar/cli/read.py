"""`masdar read`: articles in, records out; what cannot be read is said on stderr and the rest is read on."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from pathlib import Path

import click

from masdar.cli.pool import Pool, Work
from masdar.cli.progress import counted
from masdar.errors import InputError
from masdar.sources import Found, open_source
from masdar.sources.fetch import Fetcher
from masdar.sources.jsonl import is_iso_date
from masdar.types import Article, Record

FEW = 5  # articles for which no progress is shown
NARROWEST, WIDEST = 50, 100  # columns of the view
STOPPED = 130  # exit code after Ctrl-C, as shells have it
Render = Callable[[Record], str]
Answer = str | InputError


def iso_date(_ctx: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """The option's value, if it is a date in ISO 8601."""
    if value is not None and not is_iso_date(value):
        raise click.BadParameter(f"{value!r} is no date. Write it as 2018-05-12 or 2018-05-12T10:30:00+03:00.")
    return value


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--json", "as_json", is_flag=True, help="Print one record a line, as JSON.")
@click.option("--jobs", type=click.IntRange(1), help="Processes that read; all cores unless given.")
@click.option("--published", metavar="DATE", callback=iso_date, help="Date of articles that do not say theirs.")
@click.option(
    "--overrides",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Folder with names.yml, actors.yml, places.yml of your own.",
)
@click.option("--allow-private", is_flag=True, help="Also ask addresses of this machine and its own network.")
def read(  # noqa: PLR0913
    sources: tuple[str, ...],
    *,
    as_json: bool,
    jobs: int | None,
    published: str | None,
    overrides: Path | None,
    allow_private: bool,
) -> None:
    """Read articles and print what they say.

    SOURCE is a file, a folder, the address of a page or feed (https://...), or - for standard input. Files may be text,
    HTML, JSON (.json, .jsonl, .jsonl.gz), tables (.csv, .parquet), web archives (.warc, .warc.gz) and feeds (.xml).
    The exit code is 1 when something could not be read, 2 when the command was called wrongly.
    """
    work = Work(to_render(as_json=as_json), overrides)
    opened = partial(open_source, fetcher=Fetcher(allow_private=allow_private))
    answers = read_all(dated(sources, published, opened), work, jobs or os.cpu_count() or 1)
    failures = 0
    try:
        for answer in counted(answers, few=FEW):
            if isinstance(answer, InputError):
                failures += 1
                click.echo(f"Error: {answer}", err=True)
            else:
                click.echo(answer)
    except KeyboardInterrupt:
        click.echo("Stopped.", err=True)
        sys.exit(STOPPED)
    if failures:
        click.echo(f"{failures} could not be read.", err=True)
        sys.exit(1)


def to_render(*, as_json: bool) -> Render:
    """What makes text of a record: JSON, or the view at the width of the terminal."""
    if as_json:
        from masdar.record import to_json

        return to_json
    from masdar.cli.view import is_colour_wanted, render

    width = max(NARROWEST, min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST))
    return partial(render, width=width, is_coloured=is_colour_wanted())


def dated(
    sources: Iterable[str], published: str | None, opened: Callable[[str], Found] = open_source
) -> Iterator[Article | InputError]:
    """The articles of all sources; those without a date get the one given."""
    for article in chain.from_iterable(map(opened, sources)):
        if isinstance(article, Article) and article.published is None and published:
            article = replace(article, published=published)
        yield article


def read_all(articles: Iterator[Article | InputError], work: Work[str], jobs: int) -> Iterator[Answer]:
    """Every article's text to print: a single one is read here, several by a pool of processes."""
    first = list(islice(articles, 2))
    if len(first) > 1:
        yield from Pool(work, jobs).answers(chain(first, articles))
    elif first:
        yield first[0] if isinstance(first[0], InputError) else read_here(first[0], work, jobs)


def read_here(article: Article, work: Work[str], jobs: int) -> Answer:
    """One article, read in this process."""
    from masdar.reader import Reader

    try:
        return work.render(Reader.load(threads=jobs, overrides=work.overrides).read(article))
    except InputError as error:
        return error
