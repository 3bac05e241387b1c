"""Tables in Parquet to Articles, a few rows at a time and only the columns that are read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from masdar.errors import InputError
from masdar.sources.needed import needed
from masdar.sources.tables import Columns, to_article
from masdar.types import Article

if TYPE_CHECKING:
    from pyarrow.parquet import FileMetaData

ROWS = 64  # in memory at a time


def read_parquet(file: Path, first: int = 1, last: int | None = None) -> Iterator[Article | InputError]:
    """The articles of a Parquet file, or of some of its rows, counted from 1."""
    where = str(file)
    try:
        needed("pyarrow", "parquet", where)
        yield from read_rows(file, first, last)
    except InputError as error:
        yield error


def read_rows(file: Path, first: int, last: int | None) -> Iterator[Article | InputError]:
    """One Article for each row, or the error that says what is wrong with it."""
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    where = str(file)
    try:
        with ParquetFile(file) as table:
            columns = Columns.find(table.schema_arrow.names, where)
            groups, before = groups_with(table.metadata, first, last)
            batches = table.iter_batches(ROWS, groups, columns=list(columns.names.values()))
            rows = chain.from_iterable(batch.to_pylist() for batch in batches)
            wanted = islice(rows, first - 1 - before, None if last is None else last - before)
            for number, row in enumerate(wanted, first):
                yield to_article(row, columns, number)
    except (ArrowException, OSError, ValueError) as error:
        yield InputError(f"{where} cannot be read as Parquet: {error}. Check that it is whole.")


def groups_with(metadata: FileMetaData, first: int, last: int | None) -> tuple[list[int], int]:
    """The row groups that hold some rows, and how many rows stand before them."""
    groups, before, seen = [], 0, 0
    for group in range(metadata.num_row_groups):
        rows = metadata.row_group(group).num_rows
        if seen + rows < first:
            before += rows
        elif last is None or seen < last:
            groups.append(group)
        seen += rows
    return groups, before
