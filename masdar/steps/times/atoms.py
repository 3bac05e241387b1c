"""Cut a text into atoms: words of time with their sense, and everything else as OTHER.

Phrases (كانون الثاني, أول من أمس) become one atom, number words are added up (خمسة وعشرين, 25),
pairs of names of one month (تموز/يوليو) become that month, an attached و becomes an atom AND.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from masdar.steps.times.words import Kind, Sense, TimeWords
from masdar.text.fold import Folded

TOKEN = re.compile(
    r"(?P<date>\d{1,4}([/.-])\d{1,2}\2\d{2,4}(?!\d)|\d{1,2} ?/ ?\d{1,2} ?/ ?\d{4}(?!\d))"
    r"|(?P<clock>\d{1,2}:\d{2})"
    r"|(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<line>\n)"
    r"|(?P<sign>[^\w\s]|_)"
)
SIGNS = {
    **dict.fromkeys("/\\", Kind.SLASH),
    **dict.fromkeys("-–—−", Kind.DASH),
    **dict.fromkeys(",،", Kind.COMMA),
    **dict.fromkeys("([", Kind.OPEN),
    **dict.fromkeys(")]", Kind.CLOSE),
    **dict.fromkeys(".!?؟", Kind.STOP),
}
CODES = {kind: chr(0xE000 + index) for index, kind in enumerate(Kind)}
FIRST_YEAR, LAST_YEAR = 1000, 2199
OTHER, AND, CLITIC = Sense(Kind.OTHER, 0), Sense(Kind.AND, 0), Sense(Kind.CLITIC, 0)
SIGN_SENSES = {sign: Sense(kind, 0) for sign, kind in SIGNS.items()}
STOP = Sense(Kind.STOP, 0)
NUMBERS = frozenset({Kind.NUMBER, Kind.ORDINAL})

Raw = tuple[str | None, str, int]


class Atom(NamedTuple):
    """A word of the folded text with its sense; `start` and `end` are positions there."""

    sense: Sense
    start: int
    end: int

    @property
    def kind(self) -> Kind:
        """The kind of its sense."""
        return self.sense.kind


@dataclass(frozen=True)
class Atoms:
    """The atoms of one text and their kinds as a string of codes, for patterns."""

    text: str
    folded: Folded
    items: list[Atom]

    @cached_property
    def codes(self) -> str:
        """One character for each atom."""
        return "".join([CODES[atom.sense.kind] for atom in self.items])

    def word(self, index: int) -> str:
        """The folded word at an index, "" outside the text."""
        if not 0 <= index < len(self.items):
            return ""
        return self.folded.text[self.items[index].start : self.items[index].end]


def cut(text: str, folded: Folded, words: TimeWords) -> Atoms:
    """The atoms of a text."""
    raw = [(m.lastgroup, m.group(), m.start()) for m in TOKEN.finditer(folded.text)]
    items: list[Atom] = []
    index = 0
    while index < len(raw):
        group, token, start = raw[index]
        index += 1
        if group != "word":
            items.append(Atom(sign_sense(group, token), start, start + len(token)))
        elif token in words.forms:
            index += word_atoms(items, raw, index, words)
        else:
            sense = AND if token == "و" else OTHER
            items.append(Atom(sense, start, start + len(token)))
    checked = [check_madda(atom, text, folded) if atom.sense.has_madda else atom for atom in items]
    return Atoms(text, folded, add_up(joined_months(checked)))


def sign_sense(group: str | None, token: str) -> Sense:
    """The sense of a token that is no word."""
    if group == "sign":
        return SIGN_SENSES.get(token, OTHER)
    if group == "number":
        return number_sense(token)
    if group == "date":
        return Sense(Kind.NUMDATE, 0, token)
    return Sense(Kind.CLOCK, 0) if group == "clock" else STOP


def number_sense(token: str) -> Sense:
    """2018 is YEAR, 15 is NUMBER, 1,200 is something else."""
    if not token.isdecimal() or len(token) > 4:
        return OTHER
    value = int(token)
    is_year = len(token) == 4 and FIRST_YEAR <= value <= LAST_YEAR
    return Sense(Kind.YEAR if is_year else Kind.NUMBER, value, "digits")


def word_atoms(items: list[Atom], raw: Sequence[Raw], index: int, words: TimeWords) -> int:
    """Append the atoms of the word before `index`; how many further tokens it took in."""
    _, token, start = raw[index - 1]
    for form in words.forms[token]:
        taken = len(form.rest)
        if taken and tuple(word for _, word, _ in raw[index : index + taken]) != form.rest:
            continue
        items.extend(clitic_atoms(token[: form.clitics], start))
        _, last, last_start = raw[index + taken - 1]
        items.append(Atom(form.sense, start + form.clitics, last_start + len(last)))
        return taken
    items.append(Atom(OTHER, start, start + len(token)))
    return 0


def clitic_atoms(clitics: str, start: int) -> list[Atom]:
    """An atom for each attached particle."""
    senses = (AND if letter == "و" else CLITIC for letter in clitics)
    return [Atom(sense, start + at, start + at + 1) for at, sense in enumerate(senses)]


def check_madda(atom: Atom, text: str, folded: Folded) -> Atom:
    """آب (August) needs its madda; أب (father) folds to the same letters."""
    if text[folded.origin[atom.start]] == "آ":
        return atom
    return atom._replace(sense=OTHER)


def joined_months(items: list[Atom]) -> list[Atom]:
    """تموز/يوليو, مايو (أيار) and يونيو حزيران become one month."""
    joined: list[Atom] = []
    index = 0
    while index < len(items):
        atom = items[index]
        index += 1
        if atom.sense.kind is Kind.MONTH and (length := pair_length(items, index)):
            index += length
            atom = Atom(atom.sense._replace(is_weak=False), atom.start, items[index - 1].end)
        joined.append(atom)
    return joined


def pair_length(items: list[Atom], index: int) -> int:
    """How many atoms after a month at `index - 1` name the same month again."""
    after = [atom.kind for atom in items[index : index + 3]]
    between = 1 if after[:1] in ([Kind.SLASH], [Kind.OPEN], [Kind.DASH]) else 0
    if len(after) <= between or after[between] is not Kind.MONTH:
        return 0
    if items[index + between].sense.value != items[index - 1].sense.value:
        return 0
    is_closed = after[:1] == [Kind.OPEN] and after[2:] == [Kind.CLOSE]
    return between + 1 + is_closed


def add_up(items: list[Atom]) -> list[Atom]:
    """خمسة وعشرين is 25, الثاني عشر the 12th, ألفين وثمانية عشر the year 2018."""
    added: list[Atom] = []
    for atom in items:
        added.append(atom)
        if atom.sense.kind in NUMBERS and atom.sense.unit != "digits":
            merge_last(added)
    return added


def merge_last(added: list[Atom]) -> None:
    """Add the last number word to those before it."""
    while (length := addable(added)) and len(added) > length:
        first, last = added[-length - 1], added[-1]
        del added[-length - 1 :]
        value = sum_of(first.sense.value, last.sense.value, length == 2)
        added.append(Atom(first.sense._replace(value=value), first.start, last.end))
    added[-1] = as_year(added[-1])


def addable(items: list[Atom]) -> int:
    """2 when the last three atoms are number, and, number that add up; 1 for number, number."""
    last = items[-1].sense
    if last.kind not in (Kind.NUMBER, Kind.ORDINAL) or last.unit == "digits":
        return 0
    for length in (1, 2):
        if len(items) <= length or (length == 2 and items[-2].kind is not Kind.AND):
            continue
        first = items[-length - 1].sense
        is_number = first.kind in (*NUMBERS, Kind.YEAR) and first.unit != "digits"
        if is_number and sum_of(first.value, last.value, length == 2):
            return length
    return 0


def sum_of(first: int, last: int, has_and: bool) -> int:
    """What two number words come to, 0 if they do not belong together."""
    if not has_and:
        if last == 10 and 0 < first % 100 < 10:
            return first + 10
        return first * last if first < 10 and last in (100, 1000) else 0
    if first % 10 and first % 100 < 10 and last in range(20, 100, 10):
        return first + last
    if first % 100 == 0 and last < 100:
        return first + last
    return first + last if first % 1000 == 0 and first and last < 1000 else 0


def as_year(atom: Atom) -> Atom:
    """A number word that can be a year."""
    sense = atom.sense
    if sense.kind is Kind.NUMBER and sense.unit != "digits" and 1100 <= sense.value <= LAST_YEAR:
        return atom._replace(sense=Sense(Kind.YEAR, sense.value))
    return atom
