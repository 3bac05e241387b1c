"""`masdar explain`: the rule and the alternatives of each thing found."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from masdar.cli import main

SAMPLE = str(Path(__file__).parents[2] / "examples" / "sample.txt")
SHOWN = [
    ("quotations", "stance: "),
    ("quotations", "speaker: "),
    ("events", "type: "),
    ("mentions", "label: "),
    ("entities", "mentions: "),
    ("places", "places of this name: "),
    ("dates", "2024-03-12"),
    ("actors", "proposed: "),
]


@pytest.mark.parametrize(("step", "words"), SHOWN)
def test_explain(step: str, words: str) -> None:
    result = CliRunner().invoke(main, ["explain", SAMPLE, "--step", step, "--published", "2024-03-13"])
    assert result.exit_code == 0
    assert step.upper() in result.stdout
    assert words in result.stdout
