"""`masdar schema`: the JSON Schema of a record."""

from __future__ import annotations

import json

import click

from masdar.schema import record_schema


@click.command()
def schema() -> None:
    """Print the JSON Schema of what `masdar read --json` prints on each line."""
    click.echo(json.dumps(record_schema(), ensure_ascii=False, indent=2))
