"""What is said on stderr where a command has nothing to show, and what to do then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import click

from masdar.cli.view import isolated

if TYPE_CHECKING:
    from masdar.store.view import View

FEW = 5  # speakers of a name


def shown_or(lines: Iterable[str], why: Callable[[], str]) -> Iterator[str]:
    """The lines; where there are none, why not is said on stderr."""
    is_empty = True
    for line in lines:
        is_empty = False
        yield line
    if is_empty:
        click.echo(why(), err=True)


def why_nothing(view: View, advice: str) -> str:
    """The first thing that is missing: articles, a join, or else what was asked for."""
    counts = view.counts()
    if not counts["articles"]:
        return f"{view.name} has no articles yet. Read some into it: masdar ingest SOURCE --store {view.name}"
    if not counts["joined"]:
        return f"{view.name} has not been joined yet. Run: masdar join --store {view.name}"
    return advice


def no_words_of(view: View, speaker: str, topic: str | None) -> str:
    """Why nothing is shown of a speaker: no key, or nothing on the topic."""
    from masdar.store.people import identities, variants

    keys = identities(view).keys(speaker)
    if variants(view, keys):
        return f"{view.name} has no words of {speaker}{f' on {topic!r}' if topic else ''}."
    named = [f"{key} ({isolated(name)})" for key, name in keys_named(view, speaker).items()]
    found = f"Of this name are: {', '.join(named)}." if named else "Nobody has this name either."
    more = "masdar search --facets 'speaker:NAME' lists speakers with their keys."
    return f"--speaker takes a key, and {speaker!r} is none. {found} {more}"


def keys_named(view: View, name: str) -> dict[str, str]:
    """The actors that are written about most under a name: key and fullest name."""
    from masdar.store.people import Wanted, identities, known, listed

    keys = [key for key, _ in listed(view, Wanted(name), FEW)]
    found = known(view, keys, identities(view))
    return {actor.key: actor.name for actor in found.values()}
