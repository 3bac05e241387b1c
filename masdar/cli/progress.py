"""How far a long run has come: on stderr, for a person who looks on, when there is something to wait for."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TypeVar

Item = TypeVar("Item")


def counted(items: Iterable[Item], few: int) -> Iterator[Item]:
    """The items, with a count on the terminal from the first after a few."""
    rest = iter(items)
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield from rest
        return
    seen = 0
    for item in islice(rest, few):
        seen += 1
        yield item
    following = next(rest, None)
    if following is not None:
        yield from shown(chain([following], rest), seen)


def shown(items: Iterable[Item], seen: int) -> Iterator[Item]:
    """The items, with a count that a person can watch."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed} articles"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=None, completed=seen)
        for item in items:
            yield item
            progress.advance(task)
