"""Parquet and CSV: which columns are read, what is said of rows that cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from masdar.errors import InputError
from masdar.sources import open_source
from masdar.sources.tables import Columns
from masdar.types import Article

TEXT = "قال الوزير إن المحادثات كانت مفيدة."


def save(path: Path, **columns: Sequence[object]) -> str:
    """A Parquet file with these columns."""
    pyarrow.parquet.write_table(pyarrow.table(columns), path, row_group_size=2)
    return str(path)


def test_parquet(tmp_path: Path) -> None:
    columns: dict[str, Sequence[object]] = {
        "ID": [7, 8, 9],
        "Body": [TEXT] * 3,
        "headline": ["عنوان", "", None],
        "other": [1, 2, 3],
    }
    days = [date(2023, 1, 17), datetime(2023, 1, 17), None]  # noqa: DTZ001
    found = list(open_source(save(tmp_path / "a.parquet", **columns, Date=days, outlet=["س"] * 3, url=["ر"] * 3)))
    day = "2023-01-17"
    assert found == [
        Article("7", TEXT, "عنوان", "س", "ر", day),
        Article("8", TEXT, None, "س", "ر", day),
        Article("9", TEXT, None, "س", "ر", None),
    ]


DAYS = [
    ("17 كانون الثاني 2023", "2023-01-17"),
    ("2023-01-17 10:30:00", "2023-01-17T10:30:00"),
    (datetime(2023, 1, 17, 8, tzinfo=UTC), "2023-01-17T08:00:00+00:00"),
    ("", None),
]


@pytest.mark.parametrize(("day", "published"), DAYS)
def test_days(tmp_path: Path, day: object, published: str | None) -> None:
    (article,) = open_source(save(tmp_path / "a.parquet", text=[TEXT], published=[day]))
    assert isinstance(article, Article)
    assert article.published == published


def test_rows_that_cannot_be_read(tmp_path: Path) -> None:
    days = ["soon", "2023-01-17", None, "2023-01-17"]
    found = list(open_source(save(tmp_path / "a.parquet", text=[TEXT, None, "   ", TEXT], date=days)))
    assert [type(article) for article in found] == [InputError, InputError, InputError, Article]
    assert "a.parquet row 1: 'date' is 'soon'" in str(found[0])
    assert "a.parquet row 2 has no text in column 'text'" in str(found[1])


def test_no_text_column(tmp_path: Path) -> None:
    (error,) = open_source(save(tmp_path / "a.parquet", Titel=["x"], inhalt=["y"]))
    assert "has no column with the text. It has: Titel, inhalt." in str(error)


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1" + b"\0" * 50 + b"PAR1", b"text"])
def test_broken_parquet(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(data)
    (error,) = open_source(str(path))
    assert "a.parquet cannot be read as Parquet" in str(error)


def test_parquet_that_is_cut(tmp_path: Path) -> None:
    path = Path(save(tmp_path / "a.parquet", text=[TEXT] * 9))
    path.write_bytes(path.read_bytes()[:-20])
    assert [type(found) for found in open_source(str(path))] == [InputError]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_csv(tmp_path: Path, separator: str, encoding: str) -> None:
    rows = [("title", "text", "date"), ("عنوان", f'"{TEXT}\n{TEXT}, ""{TEXT}"""', "2023-01-17"), ("عنوان", TEXT, "")]
    path = tmp_path / "a.csv"
    path.write_bytes("\r\n".join(separator.join(row) for row in rows).encode(encoding))
    first, second = open_source(str(path))
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.title, first.text, first.published) == ("عنوان", f'{TEXT}\n{TEXT}, "{TEXT}"', "2023-01-17")
    assert (second.text, second.published) == (TEXT, None)


BAD = [
    (b"", "has no column with the text. It has: none"),
    (b"title,day\n1,2", "It has: title, day"),
    (b"text\n\0\0", "binary"),
    (b'text\n"', "row 1 has no text"),
]


@pytest.mark.parametrize(("data", "message"), BAD)
def test_bad_csv(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    (error,) = open_source(str(path))
    assert message in str(error)


def test_rows_with_too_many_and_too_few_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"title,text\nx,{TEXT},y,z\nx\n", "utf-8")
    assert [type(found) for found in open_source(str(path))] == [Article, InputError]


def test_a_long_cell(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"text\n{TEXT * 5000}\n", "utf-8")
    assert [type(found) for found in open_source(str(path))] == [Article]


def test_the_first_column_that_fits_counts() -> None:
    assert Columns.find(["content", " TEXT ", "Text"], "x").names == {"text": " TEXT "}
