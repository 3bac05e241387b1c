"""JSON lines (or one JSON file) to Articles. A bad line is reported, the rest is read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from masdar.errors import InputError
from masdar.sources.plain import article_id, decode
from masdar.types import Article

OPTIONAL = ("title", "source", "url", "published")
NEEDED = 'Each article needs at least {"text": "..."}; id, title, published, source, url are welcome.'


def read_lines(lines: Iterable[bytes], where: str, first: int = 1) -> Iterator[Article | InputError]:
    """One Article for each line, or the error that says what is wrong with it; `first` is the number of the first."""
    for number, line in enumerate(lines, first):
        if line.strip(b"\xef\xbb\xbf \t\r\n"):
            yield from read_json(line, f"{where} line {number}")


def read_json(data: bytes, where: str) -> Iterator[Article | InputError]:
    """The Article of a JSON object, or the Articles of a JSON list of objects."""
    try:
        loaded = json.loads(decode(data.strip(), where))
    except json.JSONDecodeError as error:
        yield InputError(f"{where} is not JSON: {error}. {NEEDED}")
        return
    except InputError as error:
        yield error
        return
    if not isinstance(loaded, list):
        yield to_article(loaded, where)
        return
    for number, item in enumerate(loaded, 1):
        yield to_article(item, f"{where} item {number}")


def to_article(loaded: object, where: str) -> Article | InputError:
    """An Article from a JSON object, or what is wrong with it."""
    if not isinstance(loaded, dict):
        return InputError(f"{where} is no JSON object. {NEEDED}")
    text = loaded.get("text")
    if not isinstance(text, str):
        return InputError(f'{where} has no "text". {NEEDED}')
    fields: dict[str, str | None] = {}
    for key in OPTIONAL:
        value = loaded.get(key)
        if not isinstance(value, str | None):
            return InputError(f'{where}: "{key}" is no string. Put it in quotation marks.')
        fields[key] = value or None
    if fields["published"] and not is_iso_date(fields["published"]):
        return InputError(
            f'{where}: "published" is {fields["published"]!r}. Write it as 2018-05-12 or 2018-05-12T10:30:00+03:00.'
        )
    id = loaded.get("id")
    has_id = isinstance(id, str | int) and str(id) != ""
    return Article(str(id) if has_id else article_id(fields["url"], text), text, **fields)


def is_iso_date(published: str) -> bool:
    """Whether a date, or date and time, is in ISO 8601."""
    try:
        datetime.fromisoformat(published)
    except ValueError:
        return False
    return True
