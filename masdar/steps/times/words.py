"""The words of time, from lexicons/times/*.yml: loaded once, looked up by their folded form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from masdar.errors import LexiconError
from masdar.text.fold import fold_word

FOLDER = Path(__file__).parents[2] / "lexicons" / "times"
CLITICS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")
ENTRIES = ("calendar", "relative", "numbers")


class Kind(StrEnum):
    """What a word is in an expression of time. Patterns name these."""

    OTHER = "OTHER"
    STOP = "STOP"  # end of a sentence
    MONTH = "MONTH"
    HIJRI = "HIJRI"
    WEEKDAY = "WEEKDAY"
    SEASON = "SEASON"
    DECADE = "DECADE"
    AH = "AH"
    AD = "AD"
    MATCHING = "MATCHING"
    TODAY = "TODAY"
    DAYREL = "DAYREL"
    DAYPART = "DAYPART"
    THEDAYPART = "THEDAYPART"
    HOUR = "HOUR"
    DAY = "DAY"
    WEEK = "WEEK"
    MONTHS = "MONTHS"
    YEARS = "YEARS"
    TENYEARS = "TENYEARS"
    THEWEEK = "THEWEEK"
    THEMONTH = "THEMONTH"
    THEYEAR = "THEYEAR"
    THEDECADE = "THEDECADE"
    THECENTURY = "THECENTURY"
    THEUNITS = "THEUNITS"
    PAST = "PAST"
    NEXT = "NEXT"
    NOW = "NOW"
    RECENT = "RECENT"
    SAME = "SAME"
    SAMEOF = "SAMEOF"
    FOLLOWING = "FOLLOWING"
    THIS = "THIS"
    THAT = "THAT"
    PART = "PART"
    HALF = "HALF"
    QUARTER = "QUARTER"
    AGO = "AGO"
    AFTER = "AFTER"
    WITHIN = "WITHIN"
    ABOUT = "ABOUT"
    MORE = "MORE"
    FEW = "FEW"
    IN = "IN"
    FROM = "FROM"
    TO = "TO"
    BETWEEN = "BETWEEN"
    AND = "AND"  # the attached or free letter waw
    OR = "OR"
    ARTICLE = "ARTICLE"
    CLITIC = "CLITIC"  # an attached ف ب ل ك
    CLOCKWORD = "CLOCKWORD"
    CLOCK = "CLOCK"  # 10:30
    NUMBER = "NUMBER"
    ORDINAL = "ORDINAL"
    COUNTED = "COUNTED"
    YEAR = "YEAR"  # a number of four digits that can be a year
    NUMDATE = "NUMDATE"  # 12/5/2018
    SLASH = "SLASH"
    DASH = "DASH"
    COMMA = "COMMA"
    OPEN = "OPEN"
    CLOSE = "CLOSE"


class Sense(NamedTuple):
    """What a word of time means: `value` and `unit` as the lexicon gives them."""

    kind: Kind
    value: int
    unit: str = ""
    is_weak: bool = False
    has_madda: bool = False


class KnownDay(NamedTuple):
    """A day that is known without its year: هجمات 11 سبتمبر (the attacks of 11 September)."""

    month: int
    day: int
    heads: frozenset[str]
    value: str


class Form(NamedTuple):
    """A way to write a word: attached letters before it, the words of its phrase after it."""

    clitics: int
    rest: tuple[str, ...]
    sense: Sense


@dataclass(frozen=True, slots=True)
class TimeWords:
    """All words of time by their folded first word, also with و ف ب ل ك; best form first."""

    forms: Mapping[str, tuple[Form, ...]]
    context: Mapping[str, frozenset[str]]
    known_days: tuple[KnownDay, ...]


def load_time_words(folder: Path = FOLDER) -> TimeWords:
    """Read the lexicon of times."""
    read = [(fold_word(form).split(), sense) for form, sense in forms(folder)]
    written: dict[str, list[Form]] = {}
    for clitics in CLITICS:
        for (first, *rest), sense in read:
            form = Form(len(clitics), tuple(rest), sense)
            for word in with_clitics(clitics, first):
                written.setdefault(word, []).append(form)
    context = read_yaml(folder / "context.yml")
    known = tuple(map(known_day, context.pop("known_days")))
    return TimeWords(
        {word: tuple(sorted(found, key=preference)) for word, found in written.items()},
        {name: frozenset(map(fold_word, found)) for name, found in context.items()},
        known,
    )


def with_clitics(clitics: str, word: str) -> tuple[str, ...]:
    """A word with attached letters: ل and العام are للعام, ب and الصيف are بالصيف."""
    if clitics.endswith("ل") and word.startswith("ال"):
        return (f"{clitics}{word[1:]}",)
    return (clitics + word,)


def preference(form: Form) -> tuple[int, int]:
    """Longer phrases first, then those that take less of the word for attached letters."""
    return -len(form.rest), form.clitics


def forms(folder: Path) -> Iterator[tuple[str, Sense]]:
    """Every form of every entry with its sense."""
    for name in ENTRIES:
        for entry in read_yaml(folder / f"{name}.yml")["entries"]:
            sense = read_sense(entry, folder / f"{name}.yml")
            yield from ((form, sense) for form in entry["forms"])


def read_sense(entry: Mapping[str, Any], path: Path) -> Sense:
    """One entry of the lexicon, checked."""
    kind = str(entry.get("kind"))
    if kind not in Kind.__members__ or not entry.get("forms"):
        raise LexiconError(f"{path}: {entry} needs forms and a kind out of {', '.join(Kind)}.")
    return Sense(
        Kind(kind),
        int(entry.get("value", 0)),
        str(entry.get("unit", "")),
        bool(entry.get("weak", False)),
        bool(entry.get("madda", False)),
    )


def known_day(entry: Mapping[str, Any]) -> KnownDay:
    """One entry of known_days."""
    heads = frozenset(map(fold_word, entry["heads"]))
    return KnownDay(int(entry["month"]), int(entry["day"]), heads, str(entry["value"]))


def read_yaml(path: Path) -> dict[str, Any]:
    """A lexicon file as a mapping."""
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, yaml.YAMLError) as error:
        raise LexiconError(f"{path} cannot be read: {error}. Restore it from git.") from error
    if not isinstance(found, dict):
        raise LexiconError(f"{path} must be a mapping with about, license and entries.")
    return found
