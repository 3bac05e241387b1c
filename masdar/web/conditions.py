"""The conditions of a search one by one, as they are shown above its hits, each with the search without it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from masdar.store.search.facets import names_of
from masdar.store.search.parse import conditions, is_or, items
from masdar.store.search.query import ACTORS, CODES, FIELDS, Condition
from masdar.store.view import View
from masdar.web.language import Words


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition, or several joined by OR: what it says, and what is left of the query without it."""

    label: str  # the field in words; empty for a word of the text
    value: str
    rest: str


def chips(typed: str, view: View, t: Words) -> list[Chip]:
    """The conditions of a query that can be understood."""
    groups = grouped(typed)
    keys = [c.value for group in groups for item in group for c in conditions(item) if c.field in ACTORS and c.is_whole]
    called: dict[str, str] = {}
    if keys:
        with view.connect() as connection:
            called = names_of(connection, keys)
    found = []
    for group in groups:
        first, last = group[0].start(), group[-1].end()
        rest = f"{typed[:first].rstrip()} {typed[last:].lstrip()}".strip()
        label = label_of(group, t)
        said = [typed[item.start() : item.end()].strip() if not label else shown(item, called, t) for item in group]
        found.append(Chip(label, f" {t('search.or')} ".join(said), rest))
    return found


def grouped(typed: str) -> list[list[re.Match[str]]]:
    """The parts of a query; those that OR joins together."""
    found, is_joined = list[list[re.Match[str]]](), False
    for item in items(typed):
        if is_or(item):
            is_joined = True
        elif conditions(item):
            if is_joined and found:
                found[-1].append(item)
            else:
                found.append([item])
            is_joined = False
    return found


def label_of(group: list[re.Match[str]], t: Words) -> str:
    """The field of a group in words, if it is one and the same; "not" before what is excluded."""
    fields = {(item["field"] or "").lower() for item in group}
    field = fields.pop() if len(fields) == 1 else ""
    if field not in FIELDS or not t.has(f"with.{field}"):
        return ""
    return f"{t('search.without')} {t(f'with.{field}')}" if group[0]["minus"] else t(f"with.{field}")


def shown(item: re.Match[str], called: dict[str, str], t: Words) -> str:
    """The value of a field: codes in words, keys of actors as names, alternatives one after another."""
    return f" {t('search.or')} ".join(value_of(condition, called, t) for condition in conditions(item))


def value_of(condition: Condition, called: dict[str, str], t: Words) -> str:
    """One value."""
    if condition.field in CODES and t.has(f"{condition.field}.{condition.value}"):
        return t(f"{condition.field}.{condition.value}")
    return called.get(condition.value, condition.value) if condition.is_whole else condition.value
