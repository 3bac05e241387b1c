"""`masdar explain`: why something was found."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from masdar.cli.read import WIDEST, dated, iso_date
from masdar.cli.view import DOT, Line, Piece, arabic, drawn, head, is_colour_wanted, isolated, latin, wrapped
from masdar.errors import InputError
from masdar.explain import STEPS, Other, Reason
from masdar.explain import explain as reasons
from masdar.reader import Reader


@click.command()
@click.argument("file")
@click.option("--step", type=click.Choice(list(STEPS)), multiple=True, help="Only this step; may be given again.")
@click.option("--published", metavar="DATE", callback=iso_date, help="Date of articles that do not say theirs.")
@click.option(
    "--overrides",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Folder with names.yml, actors.yml, places.yml of your own.",
)
def explain(file: str, step: tuple[str, ...], published: str | None, overrides: Path | None) -> None:
    """Say for everything found in FILE which rule or model score is behind it, and what else was weighed."""
    reader = Reader.load(overrides=overrides)
    failures = 0
    for article in dated([file], published):
        if isinstance(article, InputError):
            failures += 1
            click.echo(f"Error: {article}", err=True)
            continue
        doc = reader.document(article)
        for name in step or STEPS:
            for line in section(name, reasons(reader, doc, name)):
                click.echo(drawn(line, is_coloured=is_colour_wanted()))
    if failures:
        sys.exit(1)


def section(name: str, found: Iterator[Reason]) -> Iterator[Line]:
    """A heading, then each reason."""
    yield from head(name.upper())
    lines = [line for reason in found for line in lines_of(reason)]
    yield from lines or [latin(2, Piece("nothing found", "faint"))]


def lines_of(reason: Reason) -> Iterator[Line]:
    """The words and what they were taken for; the rule; the alternatives."""
    made = reason.provenance
    yield latin(2, Piece(isolated(reason.words), "name"), Piece(f"  {reason.answer}", "kind"))
    if reason.content:
        yield from wrapped(arabic(4, reason.content, "said"), WIDEST)
    doubts = "".join(f", {doubt.value}" for doubt in made.doubts)
    yield latin(4, Piece(f"{made.rule} {made.score:.2f}{doubts}", "faint"))
    for question, others in reason.others.items():
        yield from weighed(question, others)


def weighed(question: str, others: list[Other]) -> Iterator[Line]:
    """The alternatives of a question on one line, or one line each where there is more to say of them."""
    shown = [f"{other.score:.2f} {isolated(other.words)}" for other in others]
    if not any(other.note for other in others):
        yield latin(6, Piece(f"{question}: "), Piece(DOT.join(shown) or "none"))
        return
    for words, other in zip(shown, others, strict=True):
        yield latin(6, Piece(f"{question}: "), Piece(words), Piece(f"  {other.note}", "faint"))
