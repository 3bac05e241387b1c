"""One CSV file for each layer, and `columns.csv`, which says what every column holds.

UTF-8, commas, every text in quotation marks, lines end with \\n. A missing value is nothing at all, an empty text a
pair of quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

from masdar.exports.files import new_folder
from masdar.exports.known import Known
from masdar.exports.layers import LAYERS, Layer, dictionary
from masdar.exports.options import Json, Options, shown
from masdar.exports.text import writable

COLUMNS = "columns.csv"
NAMES = frozenset({COLUMNS, *(f"{layer.name}.csv" for layer in LAYERS)})


def write_csv(records: Iterable[Json], into: Path | None, options: Options) -> None:
    """A folder of tables."""
    with new_folder(into, NAMES) as folder, ExitStack() as stack:
        write_dictionary(folder / COLUMNS, options.encoding)
        tables = [(layer, stack.enter_context(started(folder, layer, options.encoding))) for layer in LAYERS]
        for record in records:
            known = Known.of(shown(record, options), options)
            for layer, file in tables:
                file.writelines(map(line_of, layer.rows(known)))


def write_dictionary(path: Path, encoding: str) -> None:
    """The columns of every table and what they hold."""
    with path.open("x", encoding=encoding, newline="") as file:
        file.write(line_of(("table", "column", "kind", "about")))
        file.writelines(map(line_of, dictionary()))


def started(folder: Path, layer: Layer, encoding: str) -> TextIO:
    """The file of a table, with its first line."""
    file = (folder / f"{layer.name}.csv").open("x", encoding=encoding, newline="")
    file.write(line_of(column.name for column in layer.columns))
    return file


def line_of(values: Iterable[Any]) -> str:
    """A line: texts in quotation marks, numbers bare, lists as words, nothing for what is missing."""
    return ",".join(cells(values)) + "\n"


def cells(values: Iterable[Any]) -> Iterator[str]:
    """Each value as it is written."""
    for value in values:
        if value is None:
            yield ""
        elif isinstance(value, str):
            yield quoted(value)
        elif isinstance(value, list):
            yield quoted(" ".join(value)) if value else ""
        else:
            yield repr(value)


def quoted(words: str) -> str:
    """A text in quotation marks, those in it doubled."""
    return '"' + writable(words).replace('"', '""') + '"'
