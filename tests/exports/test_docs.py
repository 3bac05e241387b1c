"""docs/exports.md says what every column holds, and names every format."""

from __future__ import annotations

from masdar.exports import EXPORTS, FOLDERS, UNMARKED
from masdar.exports.layers import LAYERS, dictionary
from tools.build_columns import PAGE, built


def test_the_columns_of_the_docs_are_those_of_the_code() -> None:
    """`python -m tools.build_columns` writes them."""
    page = PAGE.read_text("utf-8")
    assert built(page) == page
    assert "| `cameo` | string |" in page


def test_every_format_is_documented() -> None:
    page = PAGE.read_text("utf-8")
    assert [form for form in EXPORTS if f"`{form}`" not in page] == []
    assert {*EXPORTS} >= FOLDERS | UNMARKED


def test_every_column_says_what_it_holds() -> None:
    assert all(about for _, _, _, about in dictionary())
    for layer in LAYERS:
        assert len({column.name for column in layer.columns}) == len(layer.columns)
        assert layer.columns[0].name == "article"
