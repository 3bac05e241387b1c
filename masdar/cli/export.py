"""`masdar export`: records in the formats that others read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from masdar.cli.chosen import choosing, chosen
from masdar.cli.progress import counted as watched
from masdar.cli.view import counted
from masdar.exports import EXPORTS, FOLDERS
from masdar.exports.options import Options

FEW = 100  # articles for which no progress is shown
STOPPED = 130  # exit code after Ctrl-C, as shells have it


@click.command()
@choosing
@click.option(
    "--format", "form", type=click.Choice([*EXPORTS]), default="jsonl", show_default=True, help="Which format."
)
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    metavar="PLACE",
    help="The file, or for csv and parquet the folder; standard output unless given.",
)
@click.option("--without-text", is_flag=True, help="Leave out texts and titles of articles, and what was said.")
@click.option("--with-words", is_flag=True, help="With --without-text: but keep what was said.")
@click.option("--claims", is_flag=True, help="gdelt, polecat: also events that the article only quotes somebody on.")
@click.option(
    "--every-status", is_flag=True, help="gdelt, polecat: also what was denied, planned, supposed, long past."
)
def export(file: str | None, *, url: str | None, form: str, into: Path | None, **asked: Any) -> None:  # noqa: ANN401
    """Write records in a format that others read.

    RECORDS is what `masdar read --json` prints: a file (.jsonl, .jsonl.gz) or -. Nothing is written in part: PLACE
    holds the whole export or what was there before.
    """
    if form in FOLDERS and into is None:
        raise click.UsageError(f"{form} is several files. Say into which folder with --into.")
    try:
        with chosen(file, url, asked) as found:
            options = Options(
                has_text=not asked["without_text"],
                has_words=not asked["without_text"] or asked["with_words"],
                has_claims=asked["claims"],
                has_unreal=asked["every_status"],
                stories=found.stories,
                merged=found.merged,
                splits=found.splits,
            )
            EXPORTS[form](watched(found.records, few=FEW), into, options)
    except KeyboardInterrupt:
        click.echo("Stopped; nothing was written.", err=True)
        sys.exit(STOPPED)
    for reason, count in sorted(options.left_out.items()):
        click.echo(f"{counted(count, 'event')} left out: {reason}.", err=True)
