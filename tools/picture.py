"""Draw docs/terminal.svg: the record of examples/sample.txt as `masdar read` shows it in a terminal.

python tools/picture.py
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from masdar.cli.view import LRM, RLM, Line, Piece, laid_out, latin
from masdar.reader import Reader
from masdar.sources.plain import title_of
from masdar.types import Article, Record

ROOT = Path(__file__).parents[1]
PUBLISHED = "2024-03-13"
COLUMNS = 90
SIZE, LINE, EDGE = 14, 21, 24  # pixels: letters, from line to line, around the text
WIDTH_OF_LETTER = 0.602  # of its height, in monospaced type
COLOURS = {
    "plain": "#d8dee9",
    "title": "#ffffff",
    "head": "#88c0d0",
    "name": "#eceff4",
    "said": "#a3be8c",
    "kind": "#ebcb8b",
    "faint": "#8f9bb0",
    "warned": "#d08770",
}
BOLD = ("title", "head", "name")


def picture(record: Record) -> str:
    """The view of a record as SVG."""
    lines = up_to(laid_out(record, COLUMNS), "PEOPLE AND BODIES")
    width = round(COLUMNS * SIZE * WIDTH_OF_LETTER) + 2 * EDGE
    height = len(lines) * LINE + 2 * EDGE
    texts = "\n".join(text_of(line, EDGE + (number + 0.75) * LINE) for number, line in enumerate(lines) if line.pieces)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"\n'
        f'     font-family="\'DejaVu Sans Mono\', ui-monospace, Menlo, Consolas, monospace" font-size="{SIZE}">\n'
        f"<!-- drawn by tools/picture.py with {record.made_by.model} -->\n"
        f'<rect width="100%" height="100%" rx="10" fill="#2e3440"/>\n{texts}\n</svg>\n'
    )


def up_to(lines: list[Line], head: str) -> list[Line]:
    """The lines before a heading, and a word on what is left out."""
    end = next((number for number, line in enumerate(lines) if line.pieces and line.pieces[0].text == head), len(lines))
    return [*lines[:end], latin(0, Piece("… people and bodies, places, dates", "faint"))]


def text_of(line: Line, bottom: float) -> str:
    """One line as a text element; browsers order its Arabic and Latin as terminals do."""
    left = EDGE + line.indent * SIZE * WIDTH_OF_LETTER
    mark = RLM if line.is_arabic else LRM
    spans = "".join(
        f'<tspan fill="{COLOURS[style]}"{" font-weight=" + chr(34) + "bold" + chr(34) if style in BOLD else ""}>'
        f"{escape(words)}</tspan>"
        for words, style in line.pieces
    )
    return f'<text x="{left:.1f}" y="{bottom:.1f}" xml:space="preserve">{mark}{spans}{mark}</text>'


def main() -> None:
    """Read the sample and write the picture."""
    text = (ROOT / "examples" / "sample.txt").read_text("utf-8")
    record = Reader.load().read(Article("sample", text, title_of(text), published=PUBLISHED))
    (ROOT / "docs" / "terminal.svg").write_text(picture(record), "utf-8")


if __name__ == "__main__":
    main()
