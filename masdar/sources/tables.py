"""Rows of a table to Articles: what their columns are called, and what their cells hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from masdar.errors import InputError
from masdar.sources.dates import to_published
from masdar.sources.plain import article_id
from masdar.types import Article

# field of the Article: names of its column, the first that exists counts; capitals and spaces around do not matter
COLUMNS = {
    "text": ("text", "body", "content", "article", "fulltext", "full_text"),
    "title": ("title", "headline"),
    "published": ("published", "date", "published_at", "publication_date", "pubdate", "datetime"),
    "url": ("url", "link"),
    "source": ("source", "outlet", "publisher"),
    "id": ("id",),
}


class Columns(NamedTuple):
    """The columns of a table that are read, by field, and the table's name for messages."""

    names: dict[str, str]
    where: str

    @classmethod
    def find(cls, existing: Iterable[str], where: str) -> Columns:
        """The columns of a table by their names.

        Raises:
            InputError: none of them holds the text.
        """
        known = {name.strip().casefold(): name for name in reversed(list(existing))}
        names = {
            field: known[name]
            for field, choices in COLUMNS.items()
            if (name := next((choice for choice in choices if choice in known), None))
        }
        if "text" not in names:
            has = ", ".join(reversed(known.values())) or "none"
            wanted = ", ".join(COLUMNS["text"])
            raise InputError(
                f"{where} has no column with the text. It has: {has}. Call the one with the text {wanted}."
            )
        return cls(names, where)


def to_article(row: Mapping[str, object], columns: Columns, number: int) -> Article | InputError:
    """The Article of a row, or what is wrong with it."""
    where = f"{columns.where} row {number}"
    cells = {field: row.get(name) for field, name in columns.names.items()}
    text = cells["text"]
    if not isinstance(text, str) or not text.strip():
        return InputError(f"{where} has no text in column {columns.names['text']!r}. Leave the row out or fill it.")
    published = to_published(cells.get("published"))
    if published is None and written(cells.get("published")):
        return InputError(
            f"{where}: {columns.names['published']!r} is {written(cells['published'])!r}, which names no day. "
            "Write it as 2018-05-12 or 2018-05-12T10:30:00+03:00."
        )
    title, url, source, id = (written(cells.get(field)) for field in ("title", "url", "source", "id"))
    return Article(id or article_id(url, text), text, title, source, url, published)


def written(cell: object) -> str | None:
    """What a cell holds, as words; None where it is empty or not a number."""
    if cell is None or cell != cell:  # NaN is how some tables write an empty cell
        return None
    if isinstance(cell, bytes):
        return cell.decode("utf-8", "replace").strip() or None
    return str(cell).strip() or None
