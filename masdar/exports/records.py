"""Records to export: from a file of JSON lines, or from a store, with what the store knows of stories."""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from masdar.errors import InputError
from masdar.exports.options import Json, Story
from masdar.record import SCHEMA

if TYPE_CHECKING:
    from masdar.exports.filters import Filter
    from masdar.store.view import View

NEEDED = "Give what `masdar read --json` prints."


def records_of_file(path: str) -> Iterator[Json]:
    """The records of a file of JSON lines (.jsonl, .jsonl.gz), or of the standard input for "-".

    Raises:
        InputError: a line is no record; an export with a gap would not show it.
    """
    if path == "-":
        yield from records_of_lines(sys.stdin.buffer, "standard input")
        return
    try:
        with opened(Path(path)) as lines:
            yield from records_of_lines(lines, path)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path} cannot be read: {error}. {NEEDED}") from error


def opened(path: Path) -> IO[bytes]:
    """A file, decompressed if need be."""
    return cast("IO[bytes]", gzip.open(path, "rb")) if path.suffix == ".gz" else path.open("rb")


def records_of_lines(lines: Iterable[bytes], where: str) -> Iterator[Json]:
    """A record a line; empty lines are passed over."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield record_of(line, f"{where} line {number}")


def record_of(line: bytes, where: str) -> Json:
    """The record of a line."""
    try:
        record = json.loads(line)
    except ValueError as error:
        raise InputError(f"{where} is not JSON: {error}. {NEEDED}") from error
    if not isinstance(record, dict) or record.get("schema") != SCHEMA:
        raise InputError(f"{where} is no record of the form {SCHEMA}. {NEEDED}")
    return record


def records_of_store(view: View, asked: Filter) -> Iterator[Json]:
    """The records of a store in the order they were first saved; days and outlets are chosen by the database."""
    from sqlalchemy import and_

    from masdar.store.tables import articles

    conditions = [articles.c.day >= asked.since] if asked.since else []
    conditions += [articles.c.day <= asked.until] if asked.until else []
    conditions += [articles.c.source.in_(sorted(asked.sources))] if asked.sources else []
    return view.records(where=and_(*conditions) if conditions else None)


def stories_of(view: View) -> Callable[[str], Mapping[str, Story]]:
    """What a store knows of the stories of an article's events."""
    from sqlalchemy import select

    from masdar.store.tables import articles, stories, story_reports

    told = (
        select(story_reports.c.event, stories.c.id, stories.c.reports, stories.c.articles, stories.c.sources)
        .join(stories, stories.c.id == story_reports.c.story)
        .join(articles, articles.c.number == story_reports.c.article)
    )

    def of_article(id: str) -> dict[str, Story]:
        rows = view.rows(told.where(articles.c.id == id))
        return {row.event: Story(row.id, row.reports, row.articles, row.sources) for row in rows}

    return of_article
