"""A record as a person reads it in a terminal.

Terminals differ in how they show Arabic beside Latin, so each line keeps one direction. Lines of the frame are
Latin, begin with a left-to-right mark and hold Arabic in isolates; lines of the article's own words are Arabic
and stand between right-to-left marks. There are no tables and no borders.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import click

from masdar.types import Entity, Event, Place, Quotation, Record, Span, TimeExpression

LRM, RLM = "\N{LEFT-TO-RIGHT MARK}", "\N{RIGHT-TO-LEFT MARK}"
FSI, PDI = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
# a mark behind each separator keeps the order of Arabic runs also where isolates are not known
DOT = f" · {LRM}"
COMMA = f", {LRM}"
STYLES: dict[str, dict[str, str | bool]] = {
    "plain": {},
    "title": {"bold": True},
    "head": {"fg": "cyan", "bold": True},
    "name": {"bold": True},
    "said": {"fg": "green"},
    "kind": {"fg": "yellow"},
    "faint": {"dim": True},
    "warned": {"fg": "red"},
}


class Piece(NamedTuple):
    """Some words in one style."""

    text: str
    style: str = "plain"


class Line(NamedTuple):
    """A line of the view: how far it is indented, what stands on it, whether it is Arabic."""

    indent: int
    pieces: tuple[Piece, ...]
    is_arabic: bool = False


def render(record: Record, width: int, is_coloured: bool) -> str:
    """The view as text, with ANSI colours or without."""
    return "\n".join(drawn(line, is_coloured=is_coloured) for line in laid_out(record, width)) + "\n"


def is_colour_wanted() -> bool:
    """Whether stdout is a terminal whose user has not asked for none (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def laid_out(record: Record, width: int) -> list[Line]:
    """The lines of the view, Arabic ones broken to a width."""
    return [part for line in view(record) for part in (wrapped(line, width) if line.is_arabic else [line])]


def view(record: Record) -> Iterator[Line]:
    """The view, line by line, Arabic lines not yet broken."""
    yield from heading(record)
    for part in (quotations, events, entities, places, dates, warnings):
        yield from part(record)


def heading(record: Record) -> Iterator[Line]:
    """Title, date, source."""
    article = record.article
    if article.title:
        yield arabic(0, article.title, "title")
    facts = (article.published or "no date", isolated(article.source), article.url, article.id)
    yield latin(0, Piece(DOT.join(fact for fact in facts if fact), "faint"))


def quotations(record: Record) -> Iterator[Line]:
    """What was said, gathered under who said it."""
    if not record.quotations:
        return
    yield from head("SAID")
    groups: dict[tuple[str, ...], list[Quotation]] = {}
    for quotation in record.quotations:
        groups.setdefault(speakers_of(record, quotation), []).append(quotation)
    for speakers, group in groups.items():
        yield from speaker(record, speakers)
        for quotation in group:
            yield from quoted(record, quotation)


def speakers_of(record: Record, quotation: Quotation) -> tuple[str, ...]:
    """Identifiers of the speakers, or their words where they are nobody in particular."""
    if quotation.speakers or quotation.speaker_span is None:
        return quotation.speakers
    return (sliced(record, quotation.speaker_span),)


def speaker(record: Record, speakers: tuple[str, ...]) -> Iterator[Line]:
    """Name, Latin name, codes and offices of who speaks."""
    if not speakers:
        yield latin(2, Piece("speaker not named", "name"))
    for number, key in enumerate(speakers):
        also = Piece("and " if number else "", "faint")
        entity = by_id(record, key)
        if entity is None:
            yield latin(2, also, Piece(isolated(key), "name"))
            continue
        yield latin(2, also, Piece(isolated(entity.name), "name"), *codes(entity))
        if offices := "، ".join(role.title for role in entity.roles if role.title != entity.name):
            yield arabic(2, offices, "faint")


def quoted(record: Record, quotation: Quotation) -> Iterator[Line]:
    """Cue, kind and stance, then the content in marks if it stands in marks."""
    facts = [quotation.kind.value, quotation.stance.value]
    if quotation.cue:
        facts.append(isolated(sliced(record, quotation.cue)))
    for word, keys in (("to", quotation.addressees), ("via", quotation.via)):
        if keys:
            facts.append(f"{word} {named(record, keys)}")
    yield latin(4, Piece(f"{quotation.id}  ", "faint"), Piece(DOT.join(facts), "kind"))
    content = " … ".join(sliced(record, span) for span in quotation.contents)
    yield arabic(4, f"«{content}»" if quotation.kind == "direct" else content, "said")


def events(record: Record) -> Iterator[Line]:
    """Who did what to whom, where and when, and on whose word."""
    if not record.events:
        return
    yield from head("HAPPENED")
    for event in record.events:
        what = " ".join((event.type, *event.modes))
        yield latin(
            2,
            Piece(f"{event.id}  ", "faint"),
            Piece(f"{named(record, event.actors) or '?'} → ", "name"),
            Piece(what, "kind"),
            Piece(f" → {named(record, event.recipients)}" if event.recipients else "", "name"),
        )
        yield latin(6, Piece(DOT.join(circumstances(record, event)), "faint"))


def circumstances(record: Record, event: Event) -> Iterator[str]:
    """The word, status, place, date, and who claims it."""
    yield isolated(sliced(record, event.span))
    yield from (status.value for status in event.status)
    if event.places:
        spots = [record.places[int(key[1:]) - 1] for key in event.places]
        yield "in " + COMMA.join(isolated(sliced(record, spot.span)) for spot in spots)
    if event.date:
        time = record.times[int(event.date[1:]) - 1]
        yield f"on {value_of(time) or isolated(sliced(record, time.span))}"
    yield claimed(record, event)


def claimed(record: Record, event: Event) -> str:
    """Whether the article itself tells it, or somebody in it."""
    quotation = next((q for q in record.quotations if q.id == event.claimed_in), None)
    if quotation is None:
        return "reported"
    speakers = named(record, quotation.speakers) or "somebody"
    return f"claimed by {speakers} ({quotation.id})"


def entities(record: Record) -> Iterator[Line]:
    """People and bodies with their codes."""
    if not record.entities:
        return
    yield from head("PEOPLE AND BODIES")
    for entity in record.entities:
        times = f" {LRM}×{len(entity.mentions)}" if len(entity.mentions) > 1 else ""
        known = Piece(f"{DOT}{entity.wikidata}" if entity.wikidata else "", "faint")
        name = isolated(entity.name)
        yield latin(
            2, Piece(f"{entity.type.value}  ", "faint"), Piece(name, "name"), *codes(entity), known, Piece(times)
        )


def places(record: Record) -> Iterator[Line]:
    """Each place once, with country and coordinates."""
    if not record.places:
        return
    yield from head("PLACES")
    first: dict[str, Place] = {}
    for place in record.places:
        first.setdefault(sliced(record, place.span), place)
    for words, place in first.items():
        yield latin(2, Piece(isolated(words), "name"), Piece(f"{DOT}{located(place)}"))


def located(place: Place) -> str:
    """SYR · city · 33.51, 36.28; or who claims it, or that it is not known."""
    if place.lat is None or place.lon is None:
        return f"not known, near {isolated(place.within)}" if place.within else "not known"
    country = place.country or ("claimed by " + ", ".join(place.claimed_by) if place.claimed_by else None)
    return DOT.join(filter(None, (country, place.resolution, f"{place.lat:.2f}, {place.lon:.2f}")))


def dates(record: Record) -> Iterator[Line]:
    """Expressions of time with their values."""
    if not record.times:
        return
    yield from head("DATES")
    for time in record.times:
        value = value_of(time) or "not known"
        by = f"{DOT}from {time.resolved_by}" if time.resolved_by else ""
        yield latin(2, Piece(isolated(sliced(record, time.span)), "name"), Piece(f"{DOT}{value}"), Piece(by, "faint"))


def value_of(time: TimeExpression) -> str | None:
    """2023-01-16, or first/last of a range."""
    return f"{time.value}/{time.end_value}" if time.value and time.end_value else time.value


def warnings(record: Record) -> Iterator[Line]:
    """What the reader should know about the whole article."""
    if not record.warnings:
        return
    yield from head("WARNINGS")
    for warned in record.warnings:
        yield latin(2, Piece(warned.message, "warned"))


def head(words: str) -> Iterator[Line]:
    """An empty line and a heading."""
    yield Line(0, ())
    yield latin(0, Piece(words, "head"))


def codes(entity: Entity) -> Iterator[Piece]:
    """Latin name, country and sectors."""
    if entity.name_latin:
        yield Piece(f"{DOT}{entity.name_latin}")
    if coded := " ".join(filter(None, (entity.country, *entity.sectors))):
        yield Piece(f"{DOT}{coded}", "kind")


def named(record: Record, keys: Iterable[str]) -> str:
    """The names of some entities, each in its own direction."""
    found = (by_id(record, key) for key in keys)
    return COMMA.join(isolated(entity.name) for entity in found if entity)


def by_id(record: Record, key: str) -> Entity | None:
    """The entity of an identifier."""
    return next((entity for entity in record.entities if entity.id == key), None)


def sliced(record: Record, span: Span) -> str:
    """The words at a span, on one line."""
    return " ".join(record.article.text[span.start : span.end].split())


def counted(number: int, thing: str, things: str | None = None) -> str:
    """1 source, 2 sources."""
    return f"{number:,} {thing if number == 1 else things or f'{thing}s'}"


def isolated(words: str | None) -> str:
    """Words that keep their own direction, whatever stands around them."""
    return f"{FSI}{words}{PDI}" if words else ""


def latin(indent: int, *pieces: Piece) -> Line:
    """A line of the frame."""
    return Line(indent, tuple(piece for piece in pieces if piece.text))


def arabic(indent: int, words: str, style: str) -> Line:
    """A line of the article's own words."""
    return Line(indent, (Piece(" ".join(words.split()), style),), is_arabic=True)


def wrapped(line: Line, width: int) -> Iterator[Line]:
    """An Arabic line broken at spaces, so that no terminal breaks it."""
    [(words, style)] = line.pieces
    for part in broken(words.split(" "), width - line.indent):
        yield line._replace(pieces=(Piece(part, style),))


def broken(words: Sequence[str], room: int) -> Iterator[str]:
    """Words in runs that fit; one that is too long stands alone."""
    from rich.cells import cell_len

    run: list[str] = []
    taken = 0
    for word in words:
        cells = cell_len(word)
        if run and taken + cells > room:
            yield " ".join(run)
            run, taken = [], 0
        run.append(word)
        taken += cells + 1
    yield " ".join(run)


def drawn(line: Line, *, is_coloured: bool) -> str:
    """A line with its marks of direction, and its colours if wanted."""
    if not line.pieces:
        return ""
    texts = [
        click.style(piece.text, **STYLES[piece.style]) if is_coloured else piece.text  # type: ignore[arg-type]
        for piece in line.pieces
    ]
    mark, end = (RLM, RLM) if line.is_arabic else (LRM, "")
    return " " * line.indent + mark + "".join(texts) + end
