"""`masdar echoes`: the same words in several outlets, and what a speaker said over time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from masdar.cli.ingest import STORE
from masdar.cli.nothing import no_words_of, shown_or, why_nothing
from masdar.cli.search import CLOSE, OPEN, arabic
from masdar.cli.stories import decide
from masdar.cli.view import DOT, Piece, counted, drawn, is_colour_wanted, isolated, latin

if TYPE_CHECKING:
    from masdar.store.echoes import Step
    from masdar.store.timeline import Echo, Voiced
    from masdar.store.view import View

Options = Mapping[str, Any]


@click.command()
@click.argument("id", required=False)
@STORE
@click.option("--outlets", type=click.IntRange(1), default=2, show_default=True, help="Outlets, at least.")
@click.option("--speaker", metavar="KEY", help="What a speaker said over time; a key such as Q22686.")
@click.option("--topic", metavar="WORDS", help="With --speaker: only what has one of these words, in any form.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Echoes to list.")
@click.option("--same", metavar="QUOTATION", help="Decide that ID and this quotation are the same words.")
@click.option("--not-same", metavar="QUOTATION", help="Decide that they are not.")
@click.option("--who", envvar="USER", metavar="NAME", help="Who decides.  [env: USER]")
@click.option("--json", "as_json", is_flag=True, help="Print one echo or quotation a line, as JSON.")
def echoes(*, id: str | None, url: str, as_json: bool, **options: Any) -> None:  # noqa: ANN401
    """List the quotations that most outlets have; or show one, by the ID of any of its quotations.

    Each later wording is set against the first one: [-left out-], {+added+}, {-before → after+}.
    """
    from masdar.store import open_store

    if options["topic"] and not options["speaker"]:
        raise click.UsageError("--topic needs --speaker: whose words on it to list.")
    with open_store(url) as store:
        if options["same"] or options["not_same"]:
            decide(store, "echo", id, options)
            return
        view = store.view()
        found = lines(view, id, options, as_json=as_json)
        for line in found if id else shown_or(found, lambda: none_such(view, options)):
            click.echo(line)


def none_such(view: View, options: Options) -> str:
    """Why there is nothing to show."""
    if options["speaker"] and view.counts()["articles"]:
        return no_words_of(view, options["speaker"], options["topic"])
    fewer = " --outlets 1 also lists those of one outlet." if options["outlets"] > 1 else ""
    return why_nothing(view, f"No words are in {counted(options['outlets'], 'outlet')} or more.{fewer}")


def lines(view: View, id: str | None, options: Options, *, as_json: bool) -> Iterator[str]:
    """What was asked for."""
    from masdar.store.timeline import timeline

    if options["speaker"]:
        for voiced in timeline(view, options["speaker"], options["topic"]):
            yield dumped(asdict(voiced)) if as_json else "\n".join(said(voiced))
    else:
        for echo in found(view, id, options):
            yield dumped(asdict(echo)) if as_json else "\n".join(shown(echo))


def found(view: View, id: str | None, options: Options) -> Iterator[Echo]:
    """The echoes to show.

    Raises:
        UsageError: nothing echoes the quotation that was asked for.
    """
    from masdar.store.timeline import echo, most_echoed

    ids = (
        [row.id for row in most_echoed(view, least=options["outlets"], limit=options["limit"])] if id is None else [id]
    )
    for each in ids:
        one = echo(view, each)
        if one is None:
            raise click.UsageError(
                f"Nothing echoes {each!r}. An id looks like ARTICLE#Q1; masdar join finds echoes first."
            )
        yield one


def dumped(value: Mapping[str, Any]) -> str:
    """A line of JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def shown(echo: Echo) -> Iterator[str]:
    """An echo: the first wording, then what each later one made of it."""
    first, *others = echo.quotations
    yield from said(first)
    for other in others:
        yield heading(other)
        yield from arabic(" ".join(map(changed, echo.steps(other))), is_coloured=is_colour_wanted())
    yield ""


def said(voiced: Voiced) -> Iterator[str]:
    """A quotation with its speakers and outlets."""
    yield heading(voiced)
    yield from arabic(voiced.content, is_coloured=is_colour_wanted())


def heading(voiced: Voiced) -> str:
    """When, where, who, and what became of the words."""
    who = ", ".join(map(isolated, voiced.speakers)) or "?"
    where = ", ".join(map(isolated, voiced.outlets)) if voiced.relation == "first" else isolated(voiced.source)
    facts = ((voiced.published or "no date")[:16], where, voiced.id, who, voiced.stance, voiced.kind, voiced.relation)
    style = "head" if voiced.relation in (None, "first") else "faint"
    return drawn(latin(0, Piece(DOT.join(fact for fact in facts if fact), style)), is_coloured=is_colour_wanted())


def changed(step: Step) -> str:
    """A stretch of words and what happened to it."""
    if step.op == "same":
        return step.right
    signs = {"left out": f"[-{step.left}-]", "added": f"{{+{step.right}+}}"}
    return f"{OPEN}{signs.get(step.op, f'{{-{step.left} → {step.right}+}}')}{CLOSE}"
