"""The options that say which records a command works on: a file or a store, and what of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

import click
from click.core import ParameterSource

from masdar.exports.filters import Filter, folded
from masdar.exports.known import first_day, last_day
from masdar.exports.options import Json, Merged, Splits, Stories, no_splits, no_stories
from masdar.plover import TYPES

Command = TypeVar("Command", bound=Callable[..., Any])


class Chosen(NamedTuple):
    """The records, what is known of the stories of their events, and which actors are one or split off."""

    records: Iterator[Json]
    stories: Stories = no_stories
    merged: Merged = MappingProxyType({})
    splits: Splits = no_splits


def day(end: Callable[[str | None], str | None]) -> Callable[[click.Context, click.Parameter, str | None], str | None]:
    """The first or last day of a date, a month or a year."""

    def parsed(_ctx: click.Context, _option: click.Parameter, value: str | None) -> str | None:
        if value and not (found := end(value)):
            raise click.BadParameter(f"{value!r} is no date. Write it as 2018-05-12, 2018-05 or 2018.")
        return found if value else None

    return parsed


def upper(_ctx: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Codes in capitals."""
    return tuple(value.upper() for value in values)


OPTIONS = (
    click.argument("file", required=False, metavar="[RECORDS]"),
    click.option(
        "--store", "url", metavar="URL", envvar="MASDAR_STORE", help="The store to take them from. [env: MASDAR_STORE]"
    ),
    click.option("--from", "since", metavar="DATE", callback=day(first_day), help="Published on this day or later."),
    click.option("--to", "until", metavar="DATE", callback=day(last_day), help="Published on this day or earlier."),
    click.option("--source", "sources", multiple=True, metavar="NAME", help="Of this outlet; may be given again."),
    click.option(
        "--type",
        "types",
        multiple=True,
        type=click.Choice(TYPES, case_sensitive=False),
        metavar="TYPE",
        help="Events of this type; may be given again.",
    ),
    click.option(
        "--country",
        "countries",
        multiple=True,
        metavar="CODE",
        callback=upper,
        help="Events that this country does or suffers (SYR); may be given again.",
    ),
    click.option(
        "--speaker",
        "speakers",
        multiple=True,
        metavar="NAME",
        help="Quotations of this speaker: a name, or an identifier of Wikidata; may be given again.",
    ),
    click.option("--query", metavar="QUERY", help="What `masdar search` finds of this, the newest first."),
    click.option("--uncorrected", is_flag=True, help="As the machine has it, whatever people have corrected."),
)


def choosing(command: Command) -> Command:
    """Gives a command the options by which records are chosen."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@contextmanager
def chosen(file: str | None, url: str | None, asked: Mapping[str, Any]) -> Iterator[Chosen]:
    """The records that the options choose."""
    require_one(file, url)
    wanted = filter_of(asked)
    if file:
        from masdar.exports.records import records_of_file

        if asked["query"]:
            raise click.UsageError("--query searches a store. Give --store.")
        yield Chosen(wanted.take(records_of_file(file)))
        return
    from masdar.exports.stored import hits_of, merged_of, records_of_store, splits_of, stories_of
    from masdar.store import open_store

    with open_store(str(url)) as store:
        view = store.view()
        hits = hits_of(view, asked["query"]) if asked["query"] else None
        records = records_of_store(view, wanted, hits, is_corrected=not asked["uncorrected"])
        yield Chosen(records, stories_of(view), merged_of(view), splits_of(view))


def require_one(file: str | None, url: str | None) -> None:
    """Records come from one place; a file on the command line wins over a store of the environment."""
    is_asked = click.get_current_context().get_parameter_source("url") is ParameterSource.COMMANDLINE
    if not (file or url) or (file and is_asked):
        raise click.UsageError("Give either RECORDS (a file of `masdar read --json`, or -) or --store.")


def filter_of(asked: Mapping[str, Any]) -> Filter:
    """What the options ask for. Identifiers and Latin names are compared as written, Arabic ones folded."""
    speakers = asked["speakers"]
    return Filter(
        since=asked["since"],
        until=asked["until"],
        sources=frozenset(asked["sources"]),
        types=frozenset(asked["types"]),
        countries=frozenset(asked["countries"]),
        speakers=frozenset({*speakers, *map(folded, speakers)}),
    )
