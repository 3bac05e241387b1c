"""Commands with nothing to show say so on stderr, and what to do; that is no failure."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from masdar.cli import main
from masdar.cli.view import counted
from masdar.store import open_store
from tests.store.records import record


@pytest.fixture
def news(tmp_path: Path) -> str:
    """An empty store."""
    path = str(tmp_path / "news.db")
    open_store(path, create=True).close()
    return path


def run(*words: str) -> Result:
    """The command; it must end well, with nothing on stdout."""
    result = CliRunner(env={"MASDAR_STORE": None}).invoke(main, words)
    assert (result.exit_code, result.stdout) == (0, ""), result.output
    return result


def filled(path: str) -> None:
    with open_store(path) as store, store.writer() as writer:
        writer.save(record("a1"))


@pytest.mark.parametrize(
    ("command", "missing"), [("stories", "No story has 2 independent"), ("echoes", "No words are")]
)
def test_what_is_missing_is_said(command: str, missing: str, news: str) -> None:
    assert (
        f"no articles yet. Read some into it: masdar ingest SOURCE --store {news}"
        in run(command, "--store", news).stderr
    )
    filled(news)
    assert run(command, "--store", news).stderr == f"{news} has not been joined yet. Run: masdar join --store {news}\n"
    assert CliRunner().invoke(main, ["join", "--store", news]).exit_code == 0
    assert missing in run(command, "--store", news, "--json").stderr


def test_a_name_is_no_key(news: str) -> None:
    filled(news)
    said = run("echoes", "--store", news, "--speaker", "خالد").stderr
    assert "--speaker takes a key, and 'خالد' is none. Of this name are: PER:SYR:انس خالد" in said
    assert "Nobody has this name either." in run("echoes", "--store", news, "--speaker", "سمير").stderr
    key = ("--speaker", "PER:SYR:انس خالد")
    assert CliRunner().invoke(main, ["echoes", "--store", news, *key]).stdout
    assert "has no words of PER:SYR:انس خالد on 'مطر'." in run("echoes", "--store", news, *key, "--topic", "مطر").stderr


@pytest.mark.parametrize(("number", "said"), [(0, "0 copies"), (1, "1 copy"), (1200, "1,200 copies")])
def test_one_is_singular(number: int, said: str) -> None:
    assert counted(number, "copy", "copies") == said
