"""`masdar aggregate`: how often who did what to whom, by day or month."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from masdar.cli.chosen import choosing, chosen
from masdar.cli.progress import counted
from masdar.exports.aggregate import LENGTHS, Counts, write_aggregate
from masdar.exports.options import Options

FEW = 100  # articles for which no progress is shown


@click.command()
@choosing
@click.option("--by", type=click.Choice([*LENGTHS]), default="day", show_default=True, help="How long a period is.")
@click.option(
    "--count",
    type=click.Choice(["events", "reports"]),
    default="events",
    show_default=True,
    help="An event that several articles report counts once, or each report.",
)
@click.option(
    "--into", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Standard output unless given."
)
@click.option("--every-status", is_flag=True, help="Also what was denied, planned, supposed or long past.")
def aggregate(file: str | None, *, url: str | None, by: str, into: Path | None, **asked: Any) -> None:  # noqa: ANN401
    """Count events by period, pair of countries and type, as CSV.

    What the article itself tells and what somebody in it claims are counted apart. RECORDS is what `masdar read --json`
    prints, a file or -; only a store knows which reports are of one event.
    """
    with chosen(file, url, asked) as found:
        options = Options(has_unreal=asked["every_status"], stories=found.stories)
        counts = Counts(by, is_by_events=asked["count"] == "events")
        write_aggregate(counted(found.records, few=FEW), into, counts, options)
