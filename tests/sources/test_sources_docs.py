"""docs/sources.md is whole and its examples run."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from masdar.sources import open_source
from masdar.sources.files import FEEDS, READERS
from masdar.sources.tables import COLUMNS
from masdar.types import Article

PAGE = (Path(__file__).parents[2] / "docs" / "sources.md").read_text("utf-8")
NAMES = [*filter(None, READERS), *FEEDS, *(name for names in COLUMNS.values() for name in names)]
WRITTEN = re.findall(r"^((?:echo|printf) .* > (\S+))$", PAGE, re.MULTILINE)


@pytest.mark.parametrize("name", NAMES)
def test_every_suffix_and_column_is_documented(name: str) -> None:
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize(("command", "file"), WRITTEN)
def test_files_that_the_examples_write_are_read(tmp_path: Path, command: str, file: str) -> None:
    subprocess.run(["sh", "-c", command], cwd=tmp_path, check=True)
    (article,) = open_source(str(tmp_path / file))
    assert isinstance(article, Article)
    assert article.published == "2023-01-17"


def test_there_are_such_examples() -> None:
    assert len(WRITTEN) == 2
