"""Tables in CSV to Articles: separated by comma, semicolon or tab, in any Arabic encoding, a row at a time."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from masdar.errors import InputError
from masdar.sources.plain import guessed_code_page, marked_encoding, unmarked_utf16
from masdar.sources.tables import Columns, to_article
from masdar.types import Article

SEPARATORS = ",;\t|"
LONGEST_CELL = 10_000_000  # characters; Python's own limit is shorter than some articles
SAMPLE = 1 << 20  # bytes by which the encoding is told


def read_csv(file: Path) -> Iterator[Article | InputError]:
    """The articles of a CSV file."""
    where = str(file)
    try:
        with file.open(encoding=encoding_of(file), newline="") as rows:
            yield from read_rows(rows, where)
    except InputError as error:
        yield error
    except (csv.Error, UnicodeError) as error:
        yield InputError(f"{where} cannot be read as CSV: {error}. Save it as CSV in UTF-8.")


def encoding_of(file: Path) -> str:
    """The encoding, told by the first bytes."""
    with file.open("rb") as data:
        sample = data.read(SAMPLE)
    if encoding := marked_encoding(sample) or unmarked_utf16(sample[: len(sample) // 2 * 2]):
        return encoding
    whole = sample.rpartition(b"\n")[0] or sample  # no letter cut in two
    if b"\0" in whole:
        raise InputError(f"{file} is binary data, not text. Save it as CSV in UTF-8.")
    try:
        whole.decode("utf-8")
    except UnicodeDecodeError:
        return guessed_code_page(whole, str(file))
    return "utf-8"


def read_rows(rows: TextIO, where: str) -> Iterator[Article | InputError]:
    """One Article for each row, or the error that says what is wrong with it."""
    csv.field_size_limit(LONGEST_CELL)
    header = rows.readline()
    separator = max(SEPARATORS, key=header.count)
    names = next(csv.reader([header], delimiter=separator), [])
    columns = Columns.find(names, where)
    for number, row in enumerate(csv.DictReader(rows, names, delimiter=separator, restkey=""), 1):
        yield to_article(row, columns, number)
