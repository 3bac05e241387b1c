"""`masdar stories`: events that several outlets report, and what they tell differently."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from masdar.cli.ingest import STORE
from masdar.cli.nothing import shown_or, why_nothing
from masdar.cli.search import arabic, marked
from masdar.cli.view import DOT, Piece, counted, drawn, is_colour_wanted, isolated, latin
from masdar.plover import TYPES

if TYPE_CHECKING:
    from masdar.store import Store
    from masdar.store.differences import Story, Told
    from masdar.store.view import View

Options = Mapping[str, Any]
MAIN = 3  # things that speak most for a report


@click.command()
@click.argument("id", required=False)
@STORE
@click.option("--sources", type=click.IntRange(1), default=2, show_default=True, help="Independent sources, at least.")
@click.option(
    "--type",
    "kind",
    type=click.Choice(TYPES, case_sensitive=False),
    metavar="TYPE",
    help="Only events of a PLOVER type, such as ASSAULT.",
)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Stories to list.")
@click.option("--same", metavar="EVENT", help="Decide that ID and this event, or story, are one event.")
@click.option("--not-same", metavar="EVENT", help="Decide that ID and this event are not one event.")
@click.option("--who", envvar="USER", metavar="NAME", help="Who decides.  [env: USER]")
@click.option("--json", "as_json", is_flag=True, help="Print one story a line, as JSON.")
def stories(*, id: str | None, url: str, as_json: bool, **options: Any) -> None:  # noqa: ANN401
    """List stories, the newest first; or show one, by its ID or that of an event in it.

    An ID is an article's id and an event's: 0f3a…#V1. Copies of one text count as one source. Decisions are kept for
    good and hold at once; the last one of a pair counts.
    """
    from masdar.store import open_store

    with open_store(url) as store:
        if options["same"] or options["not_same"]:
            decide(store, "story", id, options)
            return
        view = store.view()
        lines = (
            one(view, id, as_json=as_json)
            if id
            else shown_or(listed(view, options), lambda: why_nothing(view, none_such(options)))
        )
        for line in lines:
            click.echo(line)


def decide(store: Store, layer: str, id: str | None, options: Options) -> None:
    """Enter a decision."""
    from masdar.store.deciding import decide_now
    from masdar.store.write import Decision

    other = options["same"] or options["not_same"]
    if id is None or not options["who"] or (options["same"] and options["not_same"]):
        raise click.UsageError("A decision needs an ID, one of --same and --not-same, and --who.")
    is_same = options["same"] is not None
    decision = Decision(who=options["who"], layer=layer, left=other, right=id, is_same=is_same)  # the left one leaves
    with store.writer() as writer:
        is_done = decide_now(writer, decision)
    click.echo("Decided." if is_done else "Decided. Not both are joined yet: masdar join will heed it.", err=True)


def none_such(options: Options) -> str:
    """That no story is as it was asked for."""
    kind = f" of type {options['kind']}" if options["kind"] else ""
    fewer = " --sources 1 also lists what one source reports." if options["sources"] > 1 else ""
    return f"No story{kind} has {counted(options['sources'], 'independent source')} or more.{fewer}"


def listed(view: View, options: Options) -> Iterator[str]:
    """Stories, each with its first report."""
    from masdar.store.differences import newest_stories, story

    rows = newest_stories(view, least=options["sources"], limit=options["limit"], type=options["kind"])
    for row in rows:
        found = story(view, row.id)
        if found is not None:
            yield head(found)
            yield from sentence(found.reports[0])


def head(found: Story) -> str:
    """A story on a line."""
    articles = len({report.article for report in found.reports})
    each = ((found.sources, "source"), (articles, "article"), (len(found.reports), "report"))
    counts = ", ".join(counted(*some) for some in each)
    facts = DOT.join((found.day or "no date", found.type, counts, found.id))
    return drawn(latin(0, Piece(facts, "head")), is_coloured=is_colour_wanted())


def sentence(report: Told) -> Iterator[str]:
    """The words of a report, its trigger marked."""
    words = marked(report.words, [report.trigger], report.sentence.start)
    yield from arabic(words, is_coloured=is_colour_wanted())


def one(view: View, id: str, *, as_json: bool) -> Iterator[str]:
    """A story with everything its reports tell.

    Raises:
        UsageError: there is none of this id.
    """
    from masdar.store.differences import story

    found = story(view, id)
    if found is None:
        raise click.UsageError(f"No story has {id!r}. An id looks like ARTICLE#V1; masdar join finds stories first.")
    if as_json:
        yield json.dumps({**asdict(found), "differences": asdict(found.differences)}, ensure_ascii=False)
        return
    yield head(found)
    yield from told_differently(found)
    for report in found.reports:
        yield ""
        yield from shown(report)


def told_differently(found: Story) -> Iterator[str]:
    """Tolls, dates, who is blamed, who says so."""
    told = found.differences
    for kind, values in told.tolls.items():
        yield from values_of(kind, {f"{number:,}": outlets for number, outlets in values.items()})
    yield from values_of("date", told.dates)
    yield from values_of("done by", told.blamed)
    yield from values_of("said by", {by or "(told by the outlet itself)": names for by, names in told.claimed.items()})


def values_of(name: str, values: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Each value with the outlets that give it."""
    for value, outlets in values.items():
        pieces = (Piece(f"{name:<9} "), Piece(isolated(value), "name"), Piece(f"  {', '.join(map(isolated, outlets))}"))
        yield drawn(latin(1, *pieces), is_coloured=is_colour_wanted())


def shown(report: Told) -> Iterator[str]:
    """A report: where it stands, why it is here, its words."""
    facts = [(report.published or "no date")[:16], isolated(report.outlet), report.id, why(report)]
    if report.copy_of:
        facts.append(f"copy of {report.copy_of}{f' ({isolated(report.agency)})' if report.agency else ''}")
    yield drawn(latin(0, Piece(DOT.join(filter(None, facts)), "faint")), is_coloured=is_colour_wanted())
    yield from sentence(report)


def why(report: Told) -> str:
    """What spoke most for putting it here."""
    evidence = sorted(report.reason.get("evidence", ()), key=lambda item: -item["weight"])
    return ", ".join(item["what"] for item in evidence[:MAIN] if item["weight"] > 0)
