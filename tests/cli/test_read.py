"""`masdar read`: what goes where, and the exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from masdar.cli import COMMANDS, main

ARTICLE = "قال وزير الصحة اللبناني كريم منصور اليوم إن بيروت ستتسلم مساعدات طبية من فرنسا."


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A file with one article."""
    file = tmp_path / "article.txt"
    file.write_text(ARTICLE, "utf-8")
    return file


def lines(tmp_path: Path, *rows: object) -> str:
    """A file of JSON lines."""
    file = tmp_path / "articles.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return str(file)


def test_json_is_one_record_a_line(article: Path) -> None:
    result = CliRunner().invoke(main, ["read", "--json", str(article)])
    assert result.exit_code == 0
    record = json.loads(result.stdout)
    assert record["schema"] == "masdar/record/1"
    assert record["document"]["text"] == ARTICLE


def test_without_json_a_view_without_colours(article: Path) -> None:
    result = CliRunner().invoke(main, ["read", str(article), "--published", "2024-03-13"])
    assert result.exit_code == 0
    assert "DATES" in result.stdout
    assert "2024-03-13" in result.stdout
    assert "\x1b" not in result.stdout


def test_standard_input() -> None:
    result = CliRunner().invoke(main, ["read", "--json", "-"], input=ARTICLE.encode())
    assert json.loads(result.stdout)["document"]["text"] == ARTICLE


def test_a_bad_article_stops_nothing(tmp_path: Path) -> None:
    rows = ({"id": "1", "text": ARTICLE}, {"id": "2"}, {"id": "3", "text": ARTICLE + " "})
    result = CliRunner().invoke(main, ["read", "--json", "--jobs", "2", lines(tmp_path, *rows)])
    assert [json.loads(line)["document"]["id"] for line in result.stdout.splitlines()] == ["1", "3"]
    assert "line 2" in result.stderr
    assert "1 could not be read" in result.stderr
    assert result.exit_code == 1


def test_a_date_given_is_for_articles_without_one(tmp_path: Path) -> None:
    rows = ({"id": "1", "text": ARTICLE}, {"id": "2", "text": ARTICLE, "published": "2019-05-01"})
    options = ["--json", "--jobs", "1", "--published", "2024-03-13"]
    result = CliRunner().invoke(main, ["read", *options, lines(tmp_path, *rows)])
    dates = [json.loads(line)["document"]["published"] for line in result.stdout.splitlines()]
    assert dates == ["2024-03-13", "2019-05-01"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["read"], 2, "Missing argument"),
        (["read", "-", "--published", "yesterday"], 2, "is no date"),
        (["read", "-", "--jobs", "0"], 2, "--jobs"),
        (["read", "no/such/file"], 1, "does not exist"),
        (["explain", "no/such/file"], 1, "does not exist"),
        (["explain", "-", "--step", "weather"], 2, "weather"),
        (["forecast"], 2, "No such command"),
    ],
)
def test_mistakes(arguments: list[str], code: int, said: str) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == code
    assert said in result.stderr


def test_malformed_overrides_are_said_in_one_line(article: Path, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "places.yml").write_text("عمّان: {lat: north}\n", "utf-8")
    result = CliRunner().invoke(main, ["read", str(article), "--overrides", str(folder)])
    assert result.exit_code == 1
    assert "places.yml line 1" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    result = CliRunner().invoke(main, [command, "--help"])
    assert result.exit_code == 0
    assert "Usage" in result.stdout


def test_help_imports_no_reader() -> None:
    """`masdar --help` answers at once, since it loads none of its commands."""
    program = "import sys; from masdar.cli import main; main(['--help'], standalone_mode=False); "
    program += "print(sorted({'numpy', 'onnxruntime', 'yaml', 'masdar.reader'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")
