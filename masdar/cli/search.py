"""`masdar search`: what a store holds of a query, newest first."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from masdar.cli.ingest import STORE
from masdar.cli.read import NARROWEST, WIDEST
from masdar.cli.view import DOT, RLM, Piece, broken, counted, drawn, is_colour_wanted, isolated, latin
from masdar.errors import QueryError

if TYPE_CHECKING:
    from masdar.store.search import Hit, Page, Query
    from masdar.store.search.meaning import Vector
    from masdar.store.view import View
    from masdar.types import Span

KINDS = click.Choice(("articles", "quotations", "events"))
CLIPPED = 420  # letters that are shown of a sentence
BEFORE = 120  # of them before the first word that was looked for
OPEN, CLOSE = "\x02", "\x03"  # around a marked word until its line is drawn
PLAIN = {OPEN: "*", CLOSE: "*"}
COLOURS = {OPEN: "\x1b[1;33m", CLOSE: "\x1b[0m"}
INDENT = 2
Options = Mapping[str, Any]


@click.command(context_settings={"ignore_unknown_options": True})  # -word is a part of the query
@click.argument("query", nargs=-1, metavar="[QUERY]")
@STORE
@click.option("--in", "kind", type=KINDS, help="What to look for; otherwise what the query speaks of.")
@click.option(
    "--like", metavar="TEXT", help="What is nearest in meaning to a text, or to an article or item of this id."
)
@click.option("--limit", type=click.IntRange(1, 200), default=10, show_default=True, help="Hits to show.")
@click.option("--after", metavar="PLACE", help="Go on where the page before ended.")
@click.option("--titles-first", is_flag=True, help="Articles with the words in their title before the others.")
@click.option("--facets", "with_facets", is_flag=True, help="How the hits spread over outlets, months, speakers …")
@click.option("--json", "as_json", is_flag=True, help="Print one hit a line, as JSON.")
def search(query: tuple[str, ...], *, url: str, **options: Any) -> None:  # noqa: ANN401
    """Search articles, quotations or events.

    A word finds all its forms, "…" finds words as they are written, كلم* what begins so; -… is excluded, OR joins
    alternatives. Fields: speaker: addressee: via: actor: recipient: entity: place: source: type: mode: context:
    status: stance: kind: claimed: country: from: to: on: conf: box: (docs/search.md says more).
    """
    from masdar.store import open_store
    from masdar.store.search import parse

    try:
        asked = parse(" ".join(query))
    except QueryError as error:
        raise click.UsageError(str(error)) from error
    with open_store(url) as store:
        lines = facet_lines if options["with_facets"] else page_lines
        for line in lines(store.view(), asked, options):
            click.echo(line)


def page_lines(view: View, query: Query, options: Options) -> Iterator[str]:
    """Hits; how many there are and how to see the next ones is said on stderr."""
    from masdar.store.search import count
    from masdar.store.search.places import unknown_in

    page = page_of(view, query, options)
    for hit in page.hits:
        yield to_json(hit) if options["as_json"] else shown(hit)
    if options["like"] or options["as_json"]:
        return
    all_of_them = count(view, query, kind=page.kind)
    more = f" The next ones: --after {page.next}" if page.next else ""
    click.echo(f"{page.kind}: {all_of_them.hits:,}{'' if all_of_them.is_all else ' or more'}.{more}", err=True)
    for condition in unknown_in(query) if not all_of_them.hits else ():
        click.echo(
            f"{condition.place}: no place of this English name is known. Give its Arabic name (place:تدمر) or its"
            " number in GeoNames (place=163808).",
            err=True,
        )


def page_of(view: View, query: Query, options: Options) -> Page:
    """A page of hits, by date or by meaning."""
    from masdar.store.search import alike, search, vector_of

    kind, limit = options["kind"], options["limit"]
    if not options["like"]:
        where = {"after": options["after"], "titles_first": options["titles_first"]}
        return search(view, query, kind=kind, limit=limit, **where)
    vector = vector_of(view, options["like"])
    return alike(view, meaning_of(options["like"]) if vector is None else vector, query, kind=kind, limit=limit)


def meaning_of(text: str) -> Vector:
    """What the model makes of a text."""
    from masdar.reader import Reader

    return Reader.load().meaning_of(text)


def to_json(hit: Hit) -> str:
    """A hit on one line; spans are [start, end] in the article's text."""
    return json.dumps({"id": hit.id, **asdict(hit)}, ensure_ascii=False, separators=(",", ":"))


def shown(hit: Hit) -> str:
    """A hit for people: when and where, who, and the words."""
    is_coloured = is_colour_wanted()
    facts = [hit.day or "no date", isolated(hit.source), hit.id, *([f"{hit.likeness:.2f}"] if hit.likeness else [])]
    lines = [drawn(latin(0, Piece(DOT.join(filter(None, facts)), "faint")), is_coloured=is_coloured)]
    if hit.kind == "articles":
        lines += arabic(headline(hit), is_coloured=is_coloured) if headline(hit) else []
    else:
        lines.append(drawn(latin(INDENT, *told(hit)), is_coloured=is_coloured))
    return "\n".join([*lines, *arabic(clipped(hit), is_coloured=is_coloured), ""])


def headline(hit: Hit) -> str:
    """The title; of an article without one its first words, unless those are shown anyway."""
    if hit.title:
        return marked(hit.title, hit.title_marks, 0)
    return "" if hit.words.startswith(hit.opening.removesuffix(" …")) else hit.opening


def told(hit: Hit) -> Iterator[Piece]:
    """Who said it or did it to whom."""
    about = hit.about
    names = {part: ", ".join(map(isolated, who)) for part, who in hit.parts.items()}
    if hit.kind == "quotations":
        yield Piece(names.get("speakers", "?"), "name")
        yield Piece(f"{DOT}{about['stance']}{DOT}{about['kind']}", "kind")
        return
    yield Piece(DOT.join([about["type"], *about["modes"], *about["status"]]), "kind")
    yield Piece(f"{DOT}{names.get('actors', '?')} → {names.get('recipients', '?')}", "name")
    yield Piece(f"{DOT}claimed" if about["claimed_in"] else "")


def clipped(hit: Hit) -> str:
    """The words of a hit around what was looked for, which is marked."""
    first = min([*hit.marks, *hit.focus, hit.span]) if not hit.marks else hit.marks[0]
    start = max(hit.span.start, first.start - BEFORE)
    end = min(hit.span.end, start + CLIPPED)
    words = hit.words[start - hit.span.start : end - hit.span.start]
    inner = [mark for mark in hit.marks if start <= mark.start and mark.end <= end]
    text = marked(words, inner, start)
    return f"{'… ' if start > hit.span.start else ''}{text}{' …' if end < hit.span.end else ''}"


def marked(words: str, marks: Iterable[Span], start: int) -> str:
    """Words that begin at a place of a text, with marks around some of them."""
    for mark in reversed([*marks]):
        first, last = mark.start - start, mark.end - start
        words = f"{words[:first]}{OPEN}{words[first:last]}{CLOSE}{words[last:]}"
    return " ".join(words.split())


def arabic(words: str, *, is_coloured: bool) -> Iterator[str]:
    """Lines of the article's words, not wider than the terminal."""
    width = max(NARROWEST, min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST))
    for line in broken(words.split(" "), width - INDENT):
        for sign, shape in (COLOURS if is_coloured else PLAIN).items():
            line = line.replace(sign, shape)
        yield f"{' ' * INDENT}{RLM}{line}{RLM}"


def facet_lines(view: View, query: Query, options: Options) -> Iterator[str]:
    """How the hits spread: each value with the condition that narrows the search to it."""
    from masdar.store.search import facets

    found = facets(view, query, kind=options["kind"])
    if options["as_json"]:
        yield json.dumps(asdict(found), ensure_ascii=False)
        return
    kind = (options["kind"] or query.kind).removesuffix("s")
    yield f"{'' if found.counted.is_all else 'the newest '}{counted(found.counted.hits, kind)}"
    for name, values in found.values.items():
        yield f"\n{name}"
        yield from (f"{value.hits:>8,}  {isolated(value.name)}  {isolated(value.query)}" for value in values)
