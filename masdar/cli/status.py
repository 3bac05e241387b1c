"""`masdar status`: what is in a store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from masdar.cli.ingest import STORE, versions
from masdar.cli.view import counted

if TYPE_CHECKING:
    from masdar.store.status import Failed, Status

LAYERS = ("quotations", "events", "entities", "places", "dates")
JOINED = ("stories", "copies", "echoes")
OUTLETS = 12  # that are listed
WIDEST = 160  # letters of a failure
UNITS = ("bytes", "kB", "MB", "GB", "TB")


@click.command()
@STORE
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option(
    "--failures", "every_failure", is_flag=True, help="Name everything that could not be read, not only the last ten."
)
@click.option(
    "--overrides",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="The folder that the articles are read with: records made without it are out of date.",
)
def status(*, url: str, as_json: bool, every_failure: bool, overrides: Path | None) -> None:
    """Say what is in a store: articles, what was found in them, what is out of date, what could not be read."""
    from masdar.store import open_store
    from masdar.store.status import LAST, status_of

    with open_store(url) as store:
        found = status_of(store.view(), versions(overrides), None if every_failure else LAST)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2))
        return
    for line in lines_of(found, url, is_cut=not every_failure):
        click.echo(line)


def lines_of(found: Status, url: str, *, is_cut: bool = True) -> Iterator[str]:
    """The figures, for people."""
    counts = found.counts
    yield f"{found.name}, {sized(found.size)}"
    yield row("articles", counts["articles"], covered(found))
    names = list(found.outlets.items())
    yield from (f"  {articles:>12,}  {name or 'no outlet named'}" for name, articles in names[:OUTLETS])
    if rest := names[OUTLETS:]:
        yield f"  {sum(articles for _, articles in rest):>12,}  of {counted(len(rest), 'other outlet')}"
    yield from (row(layer, counts[layer]) for layer in LAYERS)
    yield from (row(layer, counts[layer]) for layer in JOINED if counts[layer])
    yield row("reviews", counts["reviews"], f"by {found.reviewers}" if found.reviewers else "")
    yield row("decisions", counts["decisions"])
    yield from (row("read by", run.articles, f"{run.program}, {run.model}, {run.gazetteer}") for run in found.runs)
    again = f"read them anew: masdar ingest --again --store {url}" if found.out_of_date else ""
    yield row("out of date", found.out_of_date, again)
    hidden = counts["failures"] - len(found.failures)
    which = f"the last {len(found.failures)}; --failures lists all:" if hidden else ""
    yield row("failures", counts["failures"], which)
    yield from (failure(failed, WIDEST if is_cut else None) for failed in found.failures)


def failure(failed: Failed, widest: int | None) -> str:
    """When something last failed, where, and why."""
    tries = f" (tried {failed.tries} times)" if failed.tries > 1 else ""
    where = f"{failed.where}: " if failed.where and not failed.error.startswith(failed.where) else ""
    return f"  {failed.last[:16].replace('T', ' ')}  {shortened(where + failed.error, widest)}{tries}"


def row(name: str, count: int, note: str = "") -> str:
    """A figure on a line."""
    return f"{name:<12}{count:>9,}  {note}".rstrip()


def covered(found: Status) -> str:
    """From when to when."""
    undated = f"{found.undated:,} without a date" if found.undated else ""
    if found.first_day is None:
        return undated
    days = f"{found.first_day} to {found.last_day}, days: {found.days:,}"
    return f"{days}; {undated}" if undated else days


def sized(size: float) -> str:
    """45.2 MB."""
    for unit in UNITS[:-1]:
        if size < 1000:
            return f"{size:.1f} {unit}" if unit != "bytes" else f"{size:.0f} bytes"
        size /= 1000
    return f"{size:.1f} {UNITS[-1]}"


def shortened(words: str, widest: int | None = WIDEST) -> str:
    """On one line that is not too long."""
    line = " ".join(words.split())
    return line if widest is None or len(line) <= widest else line[: widest - 1] + "…"
