"""Records from files: every line or an error that says where."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from masdar.errors import InputError
from masdar.exports import EXPORTS
from masdar.exports.options import Options
from masdar.exports.records import records_of_file
from tests.exports.records import sample


def test_an_export_as_json_lines_reads_back(tmp_path: Path) -> None:
    EXPORTS["jsonl"](sample(), tmp_path / "out.jsonl", Options())
    assert list(records_of_file(str(tmp_path / "out.jsonl"))) == sample()
    assert len((tmp_path / "out.jsonl").read_text("utf-8").splitlines()) == len(sample())  # U+2028 ends no line
    with gzip.open(tmp_path / "out.jsonl.gz", "wb") as file:
        file.write((tmp_path / "out.jsonl").read_bytes() + b"\n\n")
    assert list(records_of_file(str(tmp_path / "out.jsonl.gz"))) == sample()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{", r"line 2 is not JSON"),
        (b"[]", r"line 2 is no record of the form masdar/record/1"),
        (b'{"text": "x"}', r"line 2 is no record .* Give what `masdar read --json` prints"),
        (b"\xff", r"line 2 is not JSON"),
    ],
)
def test_a_line_that_is_no_record_stops_with_its_place(line: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(json.dumps(sample()[0]).encode() + b"\n" + line + b"\n")
    with pytest.raises(InputError, match=message):
        list(records_of_file(str(path)))


def test_a_file_that_is_not_there_or_not_whole_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"There is no file .*no\.jsonl"):
        list(records_of_file(str(tmp_path / "no.jsonl")))
    whole = gzip.compress(json.dumps(sample()[0]).encode())
    (tmp_path / "half.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match=r"half\.jsonl\.gz cannot be read"):
        list(records_of_file(str(tmp_path / "half.jsonl.gz")))
