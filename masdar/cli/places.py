"""masdar places: the base of places."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def places() -> None:
    """The base of places that names are looked up in."""


@places.command()
@click.argument("dump", type=click.Path(path_type=Path))
@click.argument("alternate_names", type=click.Path(path_type=Path), required=False)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("places.db"),
    show_default=True,
    help="The base to write.",
)
def build(dump: Path, alternate_names: Path | None, output: Path) -> None:
    """Make a base from a GeoNames dump.

    DUMP is allCountries.txt or the file of one country (SY.txt), ALTERNATE_NAMES is
    alternateNamesV2.txt; both from https://download.geonames.org/export/dump/, unpacked.
    The places that masdar knows by hand go into the base too.
    """
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    from masdar.gazetteer.dump import build_from_dump

    size = sum(path.stat().st_size for path in (dump, alternate_names) if path and path.is_file())
    columns = (TextColumn("GeoNames"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("", total=size)
        version = build_from_dump(dump, alternate_names, output, lambda read: progress.advance(task, read))
    click.echo(f"{output}: base of places, version {version}", err=True)
