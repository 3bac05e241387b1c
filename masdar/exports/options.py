"""What a user may ask of every export: with or without text, and which events the layouts of others may hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from masdar.store.identities import Moves

Json = dict[str, Any]
Merged = Mapping[str, str]  # keys of actors that were decided to be another one
Splits = Callable[[str], "Moves"]  # from an article's id, which of its actors were split off others of their name


class Story(NamedTuple):
    """An event in the world that several articles report: its id, how many reports, articles, independent sources."""

    id: str
    reports: int
    articles: int
    sources: int


Stories = Callable[[str], Mapping[str, Story]]


def no_stories(_article: str) -> Mapping[str, Story]:
    """What is known of stories without a store."""
    return {}


def no_splits(_article: str) -> Moves:
    """Who was split off without a store."""
    return {}


@dataclass(frozen=True, slots=True)
class Options:
    """How to export.

    `has_text`: the article's text and title. `has_words`: what was said in quotations. `has_claims`, `has_unreal`:
    whether layouts that cannot mark them (GDELT, POLECAT) hold events that somebody claims, and events denied,
    planned, supposed or long past. `stories`: from an article's id, the story of each of its events. `merged`: which
    actors people have decided to be one; `splits`: which actors of an article they have told apart from others of their
    name. `encoding`: of CSV; utf-8-sig begins with the mark by which Excel knows UTF-8. `left_out` counts what such a
    layout did not take.
    """

    has_text: bool = True
    has_words: bool = True
    has_claims: bool = False
    has_unreal: bool = False
    stories: Stories = no_stories
    merged: Merged = field(default_factory=dict)
    splits: Splits = no_splits
    encoding: str = "utf-8"
    left_out: Counter[str] = field(default_factory=Counter)


def shown(record: Json, options: Options) -> Json:
    """The record without what the options withhold; offsets, triggers, cues and names stay."""
    if not options.has_text:
        document = record["document"]
        record = record | {"document": document | {"text": None, "title": None}}
    if not options.has_words:
        record = record | {"quotations": [without_words(quotation) for quotation in record["quotations"]]}
    return record


def without_words(quotation: Json) -> Json:
    """A quotation that says where something was said, but not what."""
    return quotation | {"contents": [content | {"text": None} for content in quotation["contents"]]}
