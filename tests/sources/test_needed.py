"""What is said where a library of an extra is missing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from masdar.sources import open_source

NEEDS = [("a.html", "trafilatura", "web"), ("a.xml", "feedparser", "web"), ("a.warc", "fastwarc", "web")]
NEEDS += [("a.parquet", "pyarrow", "parquet")]


@pytest.mark.parametrize(("name", "library", "extra"), NEEDS)
def test_missing_libraries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, library: str, extra: str
) -> None:
    (tmp_path / name).write_bytes(b"<html></html>")
    monkeypatch.setitem(sys.modules, library, None)
    (error,) = open_source(str(tmp_path / name))
    assert f"{name} needs {library}" in str(error)
    assert f'pip install "masdar[{extra}]"' in str(error)
