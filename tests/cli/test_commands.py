"""What holds for every command."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from masdar.cli import STOPPED, Commands, main


def test_ctrl_c_ends_any_command_with_130_and_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that does not mind Ctrl-C itself, or is still importing, ends as shells expect."""

    @click.command()
    def slow() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Commands, "get_command", lambda *_: slow)
    result = CliRunner().invoke(main, ["join"])
    assert result.exit_code == STOPPED
    assert result.output == "Stopped.\n"


def test_a_topic_without_a_speaker_is_refused() -> None:
    """It would be passed over in silence otherwise."""
    result = CliRunner().invoke(main, ["echoes", "--store", "none.db", "--topic", "اتفاق"])
    assert result.exit_code == 2
    assert "--speaker" in result.output
