"""The count: it changes nothing that passes through, and is silent where nobody looks on."""

from __future__ import annotations

import pytest

from masdar.cli.progress import counted, shown


def test_nothing_is_shown_to_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(counted(range(9), few=5)) == list(range(9))
    assert capsys.readouterr() == ("", "")


def test_what_is_counted_passes_unchanged(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(shown("abc", seen=5)) == ["a", "b", "c"]
    assert capsys.readouterr().out == ""


def test_the_count_waits_for_more_than_a_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setattr("masdar.cli.progress.shown", lambda items, seen: [f"{seen}:{item}" for item in items])
    assert list(counted("abc", few=5)) == ["a", "b", "c"]
    assert list(counted("abc", few=2)) == ["a", "b", "2:c"]
