"""Tables in Parquet to Articles, a few rows at a time and only the columns that are read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from masdar.errors import InputError
from masdar.sources.needed import needed
from masdar.sources.tables import Columns, to_article
from masdar.types import Article

ROWS = 64  # in memory at a time


def read_parquet(file: Path) -> Iterator[Article | InputError]:
    """The articles of a Parquet file."""
    where = str(file)
    try:
        needed("pyarrow", "parquet", where)
        yield from read_batches(file, where)
    except InputError as error:
        yield error


def read_batches(file: Path, where: str) -> Iterator[Article | InputError]:
    """One Article for each row, or the error that says what is wrong with it."""
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    try:
        with ParquetFile(file) as table:
            columns = Columns.find(table.schema_arrow.names, where)
            batches = table.iter_batches(batch_size=ROWS, columns=list(columns.names.values()))
            rows = chain.from_iterable(batch.to_pylist() for batch in batches)
            for number, row in enumerate(rows, 1):
                yield to_article(row, columns, number)
    except (ArrowException, OSError, ValueError) as error:
        yield InputError(f"{where} cannot be read as Parquet: {error}. Check that it is whole.")
