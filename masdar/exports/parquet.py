"""One Parquet file for each layer: numbers are numbers, days days, codes lists; each column says what it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from masdar.errors import InputError
from masdar.exports.files import new_folder
from masdar.exports.known import Known
from masdar.exports.layers import LAYERS, Column, Layer, Values
from masdar.exports.options import Json, Options, shown
from masdar.exports.text import writable

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

NAMES = frozenset(f"{layer.name}.parquet" for layer in LAYERS)
ROWS = 10_000  # of a table, held until they are written together
CHARACTERS = 2_000_000  # the same for long texts


def write_parquet(records: Iterable[Json], into: Path | None, options: Options) -> None:
    """A folder of tables.

    Raises:
        InputError: pyarrow is not installed.
    """
    require_pyarrow()
    with new_folder(into, NAMES) as folder, ExitStack() as stack:
        tables = [stack.enter_context(closing(Growing.start(folder, layer))) for layer in LAYERS]
        for record in records:
            known = Known.of(shown(record, options), options)
            for table in tables:
                table.add(table.layer.rows(known))


def require_pyarrow() -> None:
    """Parquet is an extra."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ModuleNotFoundError as error:
        raise InputError("Parquet needs pyarrow, which is not installed. pip install 'masdar[parquet]'") from error


@dataclass(slots=True)
class Growing:
    """A table on its way into its file."""

    layer: Layer
    writer: ParquetWriter
    rows: list[Values] = field(default_factory=list)
    characters: int = 0

    @classmethod
    def start(cls, folder: Path, layer: Layer) -> Growing:
        """An empty table."""
        from pyarrow.parquet import ParquetWriter

        schema = schema_of(layer)
        return cls(layer, ParquetWriter(folder / f"{layer.name}.parquet", schema, compression="zstd"))

    def add(self, rows: Iterator[Values]) -> None:
        """Some rows; they are written when there are many."""
        for row in rows:
            self.rows.append(row)
            self.characters += sum(len(value) for value in row if isinstance(value, str))
        if len(self.rows) >= ROWS or self.characters >= CHARACTERS:
            self.flush()

    def flush(self) -> None:
        """Write the rows that wait."""
        import pyarrow as pa

        schema = self.writer.schema
        columns = zip(*self.rows, strict=True)
        arrays = [
            pa.array([stored(value, column.kind) for value in values], type=schema.field(column.name).type)
            for column, values in zip(self.layer.columns, columns, strict=True)
        ]
        self.writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
        self.rows, self.characters = [], 0

    def close(self) -> None:
        """Write the rest, and what makes the file whole."""
        if self.rows:
            self.flush()
        self.writer.close()


def stored(value: Any, kind: str) -> Any:  # noqa: ANN401
    """A value as its column holds it."""
    if value is None:
        return None
    if kind == "day":
        return date.fromisoformat(value)
    return writable(value) if isinstance(value, str) else value


def schema_of(layer: Layer) -> pa.Schema:
    """The columns of a table, with their meaning."""
    import pyarrow as pa

    return pa.schema(
        [pa.field(column.name, type_of(column), metadata={"about": column.about}) for column in layer.columns]
    )


def type_of(column: Column) -> pa.DataType:
    """The type of a column."""
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "day": pa.date32(),
        "codes": pa.list_(pa.string()),
    }
    return types[column.kind]
