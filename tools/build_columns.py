"""Write the columns of the exported tables into docs/exports.md: `python -m tools.build_columns`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from masdar.exports.layers import LAYERS

PAGE = Path(__file__).parents[1] / "docs" / "exports.md"
BETWEEN = re.compile(r"(<!-- columns:.*?-->\n).*(<!-- end of columns -->)", re.DOTALL)


def tables() -> Iterator[str]:
    """A table of columns for each table."""
    for layer in LAYERS:
        yield f"\n### {layer.name}\n\n| column | kind | holds |\n|---|---|---|\n"
        for column in layer.columns:
            yield f"| `{column.name}` | {column.kind} | {column.about} |\n"
    yield "\n"


def built(page: str) -> str:
    """The page with the columns as they are now."""
    return BETWEEN.sub(lambda found: found[1] + "".join(tables()) + found[2], page)


if __name__ == "__main__":
    PAGE.write_text(built(PAGE.read_text("utf-8")), "utf-8")
