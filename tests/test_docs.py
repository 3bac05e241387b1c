"""The docs are true: every path exists, every command, option and field is described."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from masdar.cli import COMMANDS, main
from masdar.schema import record_schema
from masdar.tagger import Tagger

ROOT = Path(__file__).parents[1]
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "docs/cli.md",
    "docs/exports.md",
    "docs/record.md",
    "docs/sources.md",
    "docs/steps.md",
)
PATH = re.compile(r"`((?:masdar|training|tests|docs|corpus|benchmarks|examples|tools)/[\w./-]*)`")
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[\w-]+)?\)")


def read(page: str) -> str:
    """The text of a page."""
    return (ROOT / page).read_text("utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_every_path_exists(page: str) -> None:
    linked = [(ROOT / page).parent / link for link in LINK.findall(read(page))]
    assert [path for path in [*map(ROOT.joinpath, PATH.findall(read(page))), *linked] if not path.exists()] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert f"## masdar {command}\n" in read("docs/cli.md")


def test_every_option_of_read_is_documented() -> None:
    command = main.get_command(click.Context(main), "read")
    assert command
    options = [option for parameter in command.params for option in parameter.opts if option.startswith("--")]
    assert [option for option in options if f"`{option}" not in read("docs/cli.md")] == []


def fields(schema: dict[str, Any]) -> Iterator[str]:
    """The names of all fields of a schema."""
    for name, inner in schema.get("properties", {}).items():
        yield name
        yield from fields(inner)
    for inner in (schema.get("items"), *schema.get("anyOf", ())):
        yield from fields(inner) if inner else ()


@pytest.mark.parametrize("field", sorted(set(fields(record_schema()))))
def test_every_field_is_documented(field: str) -> None:
    assert f"`{field}`" in read("docs/record.md")


def test_contributing_is_short() -> None:
    assert len(read("CONTRIBUTING.md").splitlines()) <= 150


def test_the_picture_is_of_the_model_that_ships() -> None:
    """`make picture` draws it anew."""
    assert f"with {Tagger().id} -->" in read("docs/terminal.svg")
