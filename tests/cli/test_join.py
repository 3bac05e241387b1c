"""What `masdar join`, `masdar stories` and `masdar echoes` print."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from masdar.cli import main
from masdar.store import open_store
from tests.store.test_join import corpus, save


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store whose articles are joined."""
    path = str(tmp_path_factory.mktemp("joined") / "news.db")
    with open_store(path, create=True) as store:
        save(store, *corpus())
    done = run("join", "--store", path)
    assert done.exit_code == 0
    assert "13 articles" in done.stderr
    assert "stories" in done.stdout
    return path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, [*words])


def test_a_second_join_has_nothing_to_do(news: str) -> None:
    assert "0 articles of 0 days" in run("join", "--store", news).stderr
    assert "13 articles" in run("join", "--store", news, "--again").stderr


def test_a_log_is_told_how_far_a_join_is(news: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "of at most" not in run("join", "--store", news, "--again").stderr
    monkeypatch.setattr("masdar.cli.join.EVERY", 0.0)
    told = run("join", "--store", news, "--again").stderr.splitlines()
    assert len(told) > 2 and re.fullmatch(r"1 of at most \d+ days", told[0])


def test_stories_are_listed_newest_first(news: str) -> None:
    shown = run("stories", "--store", news, "--sources", "1")
    assert shown.exit_code == 0
    assert shown.stdout.index("h4#V1") < shown.stdout.index("a0#V1") < shown.stdout.index("h0#V1")
    assert "*هاجم*" in shown.stdout
    assert run("stories", "--store", news, "--type", "AID").stdout == ""


def test_copies_are_no_second_source(news: str) -> None:
    assert "z1#V1" not in run("stories", "--store", news).stdout


def test_a_story_shows_every_report_and_what_differs(news: str) -> None:
    shown = run("stories", "--store", news, "a4#V1").stdout
    assert all(f"a{at}#V1" in shown for at in range(6))
    assert "killed" in shown
    assert "(told by the outlet itself)" in shown
    told = json.loads(run("stories", "--store", news, "a4#V1", "--json").stdout)
    assert told["id"] == "a0#V1"
    assert set(told["differences"]["tolls"]["killed"]) == {"4", "5"}


def test_an_unknown_id_is_said(news: str) -> None:
    assert "No story has 'x#V1'" in run("stories", "--store", news, "x#V1").stderr
    assert "Nothing echoes 'x#Q1'" in run("echoes", "--store", news, "x#Q1").stderr


def test_a_decision_needs_someone_and_two_things(news: str) -> None:
    both = run("stories", "--store", news, "a0#V1", "--same", "z1#V1", "--not-same", "z1#V1", "--who", "Anas")
    assert both.exit_code == 2
    assert run("stories", "--store", news, "--same", "z1#V1", "--who", "Anas").exit_code == 2


def test_decisions_are_heeded(tmp_path: Path) -> None:
    path = str(tmp_path / "news.db")
    with open_store(path, create=True) as store:
        save(store, *corpus()[-2:])
    run("join", "--store", path)
    assert run("stories", "--store", path, "z1#V1", "--not-same", "z2#V1", "--who", "Anas").exit_code == 0
    assert run("echoes", "--store", path, "z1#Q1", "--not-same", "z2#Q1", "--who", "Anas").exit_code == 0
    run("join", "--store", path)
    assert run("stories", "--store", path).stdout == ""
    assert run("echoes", "--store", path).stdout == ""


def test_echoes_set_each_wording_against_the_first(news: str) -> None:
    shown = run("echoes", "--store", news).stdout
    assert shown.index("a0#Q1") < shown.index("a1#Q1") < shown.index("z1#Q1")
    assert "verbatim" in shown
    one = json.loads(run("echoes", "--store", news, "a3#Q1", "--json").stdout)
    assert one["id"] == "a0#Q1"
    assert len(one["quotations"]) == 6


def test_what_a_speaker_said_over_time(news: str) -> None:
    shown = run("echoes", "--store", news, "--speaker", "PER:SYR:انس خالد").stdout
    assert shown.index("a0#Q1") < shown.index("z1#Q1")
    assert "a1#Q1" not in shown
    assert run("echoes", "--store", news, "--speaker", "PER:SYR:انس خالد", "--topic", "المدارس").stdout == ""
