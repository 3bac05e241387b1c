"""What is written as tables reads back as what it was: by our own reader, by pandas, by R."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from masdar.exports import EXPORTS
from masdar.exports.layers import LAYERS
from masdar.exports.options import Options
from masdar.exports.text import writable
from tests.exports.reading import csv_tables, parquet_tables, records_of
from tests.exports.records import NASTY, nasty, sample

Json = dict[str, Any]
TABLES = {"csv": csv_tables, "parquet": parquet_tables}


def written(value: Any) -> Any:  # noqa: ANN401
    """A record as any file can hold it: without NUL and halves of characters."""
    if isinstance(value, str):
        return writable(value)
    if isinstance(value, list):
        return [written(item) for item in value]
    return {key: written(item) for key, item in value.items()} if isinstance(value, dict) else value


@pytest.mark.parametrize("form", TABLES)
def test_tables_hold_all_that_is_in_records(form: str, tmp_path: Path) -> None:
    EXPORTS[form](sample(), tmp_path / "out", Options())
    assert records_of(TABLES[form](tmp_path / "out")) == written(sample())


@pytest.mark.parametrize("form", TABLES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=40))
def test_any_text_reads_back(form: str, text: str, tmp_path: Path) -> None:
    EXPORTS[form]([nasty(text)], tmp_path / "out", Options())
    assert records_of(TABLES[form](tmp_path / "out")) == written([nasty(text)])


@pytest.mark.parametrize("form", TABLES)
def test_a_content_may_be_a_million_characters_long(form: str, tmp_path: Path) -> None:
    long = nasty("ق" * 1_000_000)
    EXPORTS[form]([long], tmp_path / "out", Options())
    assert records_of(TABLES[form](tmp_path / "out")) == written([long])


def test_parquet_writes_long_tables_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pyarrow.parquet import ParquetFile

    monkeypatch.setattr("masdar.exports.parquet.ROWS", 5)
    EXPORTS["parquet"](sample(), tmp_path / "out", Options())
    with ParquetFile(tmp_path / "out" / "mentions.parquet") as file:
        assert file.num_row_groups > 1
    assert records_of(parquet_tables(tmp_path / "out")) == written(sample())


def test_parquet_has_days_lists_and_meanings(tmp_path: Path) -> None:
    from pyarrow.parquet import read_schema

    EXPORTS["parquet"](sample(), tmp_path / "out", Options())
    schema = read_schema(tmp_path / "out" / "events.parquet")
    assert str(schema.field("day").type) == "date32[day]"
    assert str(schema.field("modes").type).startswith("list<")
    assert schema.field("cameo").metadata[b"about"].decode() == "the nearest CAMEO code; text, for its leading zero"


def test_pandas_reads_every_csv_table(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    EXPORTS["csv"](sample(), tmp_path / "out", Options())
    tables = csv_tables(tmp_path / "out")
    for layer in LAYERS:
        frame = pandas.read_csv(
            tmp_path / "out" / f"{layer.name}.csv", keep_default_na=False, na_values=[""], dtype={"cameo": "string"}
        )
        assert list(frame.columns) == [column.name for column in layer.columns]
        assert len(frame) == len(tables[layer.name])
        for column in layer.columns:
            expected = [row[column.name] for row in tables[layer.name]]
            if column.kind == "string":
                found = [None if pandas.isna(value) else value for value in frame[column.name]]
                assert found == [value or None for value in expected], (layer.name, column.name)
    frame = pandas.read_csv(tmp_path / "out" / "articles.csv", keep_default_na=False, na_values=[""])
    assert writable(NASTY) in set(frame["text"])


def test_pandas_reads_every_parquet_table(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    EXPORTS["parquet"](sample(), tmp_path / "out", Options())
    frame = pandas.read_parquet(tmp_path / "out" / "quotations.parquet")
    assert list(frame["id"]) == ["a1#Q1", "a1#Q2", "a2#Q1", "a2#Q2", "a3#Q1"]


R = """
folder <- commandArgs(TRUE)[1]
for (path in list.files(folder, pattern = "csv$", full.names = TRUE)) {
  table <- read.csv(path, encoding = "UTF-8", colClasses = "character", na.strings = "")
  cat(basename(path), nrow(table), ncol(table), sum(nchar(as.matrix(table)[!is.na(as.matrix(table))])), "\\n")
}
"""


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_r_reads_every_csv_table(tmp_path: Path) -> None:
    """Rows, columns and characters of every table are as many in R; R takes \\r\\n for one break."""
    EXPORTS["csv"](sample(), tmp_path / "out", Options())
    told = {line.split()[0]: [*map(int, line.split()[1:])] for line in run_r(R, tmp_path / "out").splitlines()}
    for name, rows in csv_tables(tmp_path / "out").items():
        texts = [text for row in rows for text in cells(row)]
        characters = sum(len(text.replace("\r\n", "\n")) for text in texts)
        assert told[f"{name}.csv"] == [len(rows), len(rows[0]), characters], name


def cells(row: Json) -> list[str]:
    """The cells of a row as they stand in the file."""
    values = (" ".join(value) if isinstance(value, list) else value for value in row.values())
    return [str(value) for value in values if value not in (None, "")]


def run_r(program: str, *arguments: Path) -> str:
    """What a program in R prints."""
    call = ["Rscript", "--vanilla", "-e", program, *map(str, arguments)]
    locale = {"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}
    return subprocess.run(call, check=True, capture_output=True, text=True, env=locale, timeout=120).stdout


def test_without_text_nothing_of_it_is_in_the_tables(tmp_path: Path) -> None:
    EXPORTS["csv"](sample()[:2], tmp_path / "out", Options(has_text=False, has_words=False))
    tables = csv_tables(tmp_path / "out")
    assert {row["text"] for row in tables["articles"]} | {row["title"] for row in tables["articles"]} == {None}
    assert {row["content"] for row in tables["quotations"]} == {None}
    assert [row["cue"] for row in tables["quotations"]] == ["قال", "أكد", "قال", None]
    everything = b"".join(path.read_bytes() for path in (tmp_path / "out").iterdir()).decode()
    for record in sample()[:2]:
        assert record["document"]["text"][:40] not in everything
        for quotation in record["quotations"]:
            assert json.dumps(quotation["contents"][0]["text"], ensure_ascii=False)[1:-1] not in everything
