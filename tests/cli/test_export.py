"""`masdar export` and `masdar aggregate`, from a file, from the standard input, from a store."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from masdar.cli import main
from masdar.exports import EXPORTS
from masdar.exports.options import Options
from masdar.store import open_store
from tests.exports.records import sample, sides

Json = dict[str, Any]


def run(*words: str, given: str | bytes | None = None) -> Result:
    """The command, as a user calls it."""
    return CliRunner(env={"MASDAR_STORE": None}).invoke(main, words, input=given)


def events(result: Result) -> list[str]:
    """The ids of the events that PLOVER's lines name."""
    assert result.exit_code == 0, result.output
    return [json.loads(line)["id"] for line in result.stdout.split("\n") if line]


@pytest.fixture
def records(tmp_path: Path) -> str:
    """A file of records."""
    path = tmp_path / "records.jsonl"
    EXPORTS["jsonl"](sample(), path, Options())
    return str(path)


@pytest.fixture
def store(tmp_path: Path) -> str:
    """The address of a store that holds the same."""
    url = f"sqlite:///{tmp_path / 'news.db'}"
    with open_store(url, create=True) as opened, opened.writer() as writer:
        for record in sample():
            writer.save(record)
    return url


@pytest.mark.parametrize("form", EXPORTS)
def test_a_file_and_a_store_give_the_same(form: str, records: str, store: str, tmp_path: Path) -> None:
    for name, where in (("file", (records,)), ("store", ("--store", store))):
        result = run("export", *where, "--format", form, "--into", str(tmp_path / name))
        assert result.exit_code == 0, result.output
    assert contents(tmp_path / "file") == contents(tmp_path / "store")


def contents(path: Path) -> dict[str, bytes]:
    """A file, or the files of a folder."""
    return {
        one.name if path.is_dir() else "": one.read_bytes() for one in (path.iterdir() if path.is_dir() else [path])
    }


def test_records_come_from_the_standard_input_and_go_to_the_standard_output(records: str) -> None:
    result = run("export", "-", given=Path(records).read_bytes())
    assert result.stdout_bytes == Path(records).read_bytes()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (("--from", "2024-05"), ["a2#V1", "a2#V2", "a2#V3", "a2#V4"]),
        (("--to", "2024-03"), ["a1#V1", "a1#V2"]),
        (("--from", "2024-03-14", "--to", "2024"), ["a2#V1", "a2#V2", "a2#V3", "a2#V4"]),
        (("--source", "وكالة الوادي"), ["a1#V1", "a1#V2"]),
        (("--type", "assault", "--type", "PROTEST"), ["a1#V2", "a2#V3", "a3#V1"]),
        (("--country", "tur"), ["a2#V1"]),
        (("--speaker", "أنس خالد"), ["a1#V1", "a1#V2"]),
        (("--speaker", "Sameh al-Buheiri"), ["a2#V1", "a2#V2", "a2#V3", "a2#V4"]),
        (("--speaker", "Q900001", "--type", "REJECT"), ["a2#V2"]),
    ],
)
def test_options_choose(asked: tuple[str, ...], expected: list[str], records: str, store: str) -> None:
    assert events(run("export", records, "--format", "plover", *asked)) == expected
    assert events(run("export", "--store", store, "--format", "plover", *asked)) == expected


def test_a_search_chooses(store: str) -> None:
    found = run("export", "--store", store, "--format", "plover", "--query", "type:ASSAULT")
    assert events(found) == ["a2#V3", "a1#V2"]
    assert run("export", "--store", store, "--query", "type:WAR").exit_code == 1


def test_what_a_layout_does_not_take_is_said(records: str) -> None:
    result = run("export", records, "--format", "gdelt")
    assert "1 event left out: claimed by somebody." in result.stderr
    assert "2 events left out: denied, planned, supposed or long past." in result.stderr
    result = run("export", records, "--format", "gdelt", "--claims", "--every-status")
    assert (result.stderr, result.stdout.count("\n")) == ("", 7)


def test_text_is_left_out_when_asked(records: str) -> None:
    kept = json.loads(run("export", records, "--without-text", "--with-words").stdout.split("\n")[0])
    bare = json.loads(run("export", records, "--without-text").stdout.split("\n")[0])
    assert (kept["document"]["text"], bare["document"]["text"]) == (None, None)
    assert kept["quotations"] == sides()["quotations"]
    assert bare["quotations"][0]["contents"][0]["text"] is None
    assert bare["events"] == sides()["events"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("export",), "Give either RECORDS"),
        (("export", "x.jsonl", "--store", "x.db"), "Give either RECORDS"),
        (("export", "x.jsonl", "--format", "csv"), "csv is several files"),
        (("export", "x.jsonl", "--query", "x"), "--query searches a store"),
        (("export", "x.jsonl", "--format", "xlsx"), "'xlsx' is not one of"),
        (("export", "x.jsonl", "--from", "May"), "'May' is no date"),
        (("export", "x.jsonl", "--type", "WAR"), "'WAR' is not one of"),
        (("aggregate", "x.jsonl", "--by", "year"), "'year' is not one of"),
    ],
)
def test_a_wrong_call_is_explained(words: tuple[str, ...], message: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_bad_file_ends_with_one_line_and_no_export(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text("{}\n")
    result = run("export", str(tmp_path / "bad.jsonl"), "--into", str(tmp_path / "out"))
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ") and "line 1 is no record" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_file_wins_over_a_store_of_the_environment(records: str) -> None:
    result = CliRunner(env={"MASDAR_STORE": "sqlite:////nowhere/x.db"}).invoke(main, ["export", records])
    assert result.exit_code == 0, result.output


def test_aggregate_counts_a_file_and_a_store_alike(records: str, store: str, tmp_path: Path) -> None:
    told = [run("aggregate", *where, "--by", "month") for where in ((records,), ("--store", store))]
    assert told[0].stdout == told[1].stdout
    rows = list(csv.DictReader(told[0].stdout.splitlines()))
    assert [row["type"] for row in rows if row["period"] == "2024-03"] == ["ACCUSE", "ASSAULT"]
    result = run("aggregate", records, "--into", str(tmp_path / "out.csv"), "--country", "EGY", "--count", "reports")
    assert result.exit_code == 0
    assert (tmp_path / "out.csv").read_text().count("\n") == 3


def test_a_file_that_is_not_there_is_said_plainly(tmp_path: Path) -> None:
    result = run("export", str(tmp_path / "none.jsonl"))
    assert result.exit_code == 1
    assert (
        result.stderr == f"Error: There is no file {tmp_path / 'none.jsonl'}. Give what `masdar read --json` prints.\n"
    )
    assert "cannot be read: Is a directory." in run("export", str(tmp_path)).stderr
