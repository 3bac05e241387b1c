"""What a search found as a file, in the formats of masdar/exports; formats of several files come as a ZIP."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fastapi.responses import FileResponse, Response
from sqlalchemy import select
from starlette.background import BackgroundTask

from masdar.errors import InputError
from masdar.exports import EXPORTS, FOLDERS
from masdar.exports.options import Options
from masdar.exports.stored import merged_of, splits_of
from masdar.store.search.find import Sought
from masdar.store.search.query import Query
from masdar.store.search.terms import ARTICLES
from masdar.store.tables import articles
from masdar.store.view import View

Json = dict[str, Any]
MOST = 10_000  # articles; more are for `masdar export`
SUFFIXES = {"csv": ".zip", "parquet": ".zip", "polecat": ".tsv", "gdelt": ".tsv", "gdelt-mentions": ".tsv",
            "jsonl": ".jsonl"}  # fmt: skip
AT_ONCE = 500


def download(view: View, asked: tuple[Query, str | None], form: str, *, has_text: bool, only: bool) -> Response:
    """The file, removed once it is sent.

    Raises:
        InputError: too much was found, or the format needs a library that is not installed.
    """
    items = found(view, asked)
    folder = Path(tempfile.mkdtemp(prefix="masdar-download-"))
    try:
        is_cut = only and next(iter(items.values()), None) != set()
        records = cut(view, items) if is_cut else view.records(items)
        place = folder / form
        options = Options(
            has_text=has_text,
            has_words=has_text,
            merged=merged_of(view),
            splits=splits_of(view),
            encoding="utf-8-sig",  # CSV is mostly opened by a click, in Excel
        )
        EXPORTS[form](records, place, options)
        file = zipped(place) if form in FOLDERS else place
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    name = f"masdar-{form}{SUFFIXES.get(form, '.json')}"
    return FileResponse(file, filename=name, background=BackgroundTask(shutil.rmtree, folder, ignore_errors=True))


def found(view: View, asked: tuple[Query, str | None]) -> dict[str, set[str]]:
    """The ids of the articles that were found, newest first, with what was found in each (nothing: all of it).

    Raises:
        InputError: they are too many.
    """
    query, kind = asked
    with view.connect() as connection:
        sought = Sought.of(connection, query, kind)
        by_number: dict[int, set[str]] = {}
        for row in connection.execution_options(yield_per=AT_ONCE).execute(sought.rows()):
            items = by_number.setdefault(row.article, set())
            if sought.kind != ARTICLES:
                items.add(row.item)
            if len(by_number) > MOST:
                raise InputError(
                    f"More than {MOST:,} articles were found. Narrow the search, or use masdar export for all of them."
                )
    ids = ids_of(view, list(by_number))
    return {ids[number]: items for number, items in by_number.items() if number in ids}


def ids_of(view: View, numbers: list[int]) -> dict[int, str]:
    """The ids of articles by their numbers."""
    named: dict[int, str] = {}
    for first in range(0, len(numbers), AT_ONCE):
        some = numbers[first : first + AT_ONCE]
        rows = view.rows(select(articles.c.number, articles.c.id).where(articles.c.number.in_(some)))
        named |= {row.number: row.id for row in rows}
    return named


def cut(view: View, items: dict[str, set[str]]) -> Iterator[Json]:
    """The records with only those quotations or events that were found; quotations that claim them stay."""
    for record in view.records(items):
        wanted = items[record["document"]["id"]]
        events = [event for event in record["events"] if event["id"] in wanted]
        needed = wanted | {event["claimed_in"] for event in events}
        quotations = [quotation for quotation in record["quotations"] if quotation["id"] in needed]
        yield record | {"events": events, "quotations": quotations}


def zipped(place: Path) -> Path:
    """A folder as one file."""
    packed = place.with_suffix(".zip")
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        for file in sorted(place.rglob("*")):
            files.write(file, file.relative_to(place))
    return packed
