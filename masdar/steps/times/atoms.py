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
    r"(?P<date>\d{1,4}([/.-])\d{1,2}\2\d{2,4}(?!\d))"
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
CLITICS = frozenset("وفبلك")
FIRST_YEAR, LAST_YEAR = 1000, 2199
OTHER = Sense(Kind.OTHER, 0)


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
    raw = [(m.lastgroup or "", m.group(), m.start()) for m in TOKEN.finditer(folded.text)]
    items: list[Atom] = []
    index = 0
    while index < len(raw):
        group, token, start = raw[index]
        index += 1
        if group == "word":
            index += word_atoms(items, raw, index, words)
        else:
            items.append(Atom(sign_sense(group, token), start, start + len(token)))
    checked = [check_madda(atom, text, folded) for atom in items]
    return Atoms(text, folded, add_up(joined_months(checked)))


def sign_sense(group: str, token: str) -> Sense:
    """The sense of a token that is no word."""
    if group == "number":
        return number_sense(token)
    if group == "date":
        return Sense(Kind.NUMDATE, 0, token)
    if group == "clock":
        return Sense(Kind.CLOCK, 0)
    if group == "line":
        return Sense(Kind.STOP, 0)
    return Sense(SIGNS.get(token, Kind.OTHER), 0)


def number_sense(token: str) -> Sense:
    """2018 is YEAR, 15 is NUMBER, 1,200 is something else."""
    if not token.isdecimal() or len(token) > 4:
        return OTHER
    value = int(token)
    is_year = len(token) == 4 and FIRST_YEAR <= value <= LAST_YEAR
    return Sense(Kind.YEAR if is_year else Kind.NUMBER, value, "digits")


def word_atoms(
    items: list[Atom], raw: Sequence[tuple[str, str, int]], index: int, words: TimeWords
) -> int:
    """Append the atoms of the word before `index`; how many further tokens it took in."""
    _, token, start = raw[index - 1]
    for skip in range(min(3, len(token))):
        if skip and token[skip - 1] not in CLITICS:
            break
        for bare in bare_forms(token, skip):
            taken, sense = look_up(bare, raw, index, words)
            if sense:
                items.extend(clitic_atoms(token[:skip], start))
                end = raw[index + taken - 1][2] + len(raw[index + taken - 1][1])
                items.append(Atom(sense, start + skip, end))
                return taken
    items.append(Atom(Sense(Kind.AND, 0) if token == "و" else OTHER, start, start + len(token)))
    return 0


def bare_forms(token: str, skip: int) -> tuple[str, ...]:
    """The word without attached particles; للعام is ل and العام."""
    bare = token[skip:]
    if skip and token[skip - 1] == "ل" and bare.startswith("ل"):
        return bare, "ا" + bare
    return (bare,)


def clitic_atoms(clitics: str, start: int) -> list[Atom]:
    """An atom for each attached particle."""
    kinds = (Kind.AND if letter == "و" else Kind.CLITIC for letter in clitics)
    return [Atom(Sense(kind, 0), start + at, start + at + 1) for at, kind in enumerate(kinds)]


def look_up(
    bare: str, raw: Sequence[tuple[str, str, int]], index: int, words: TimeWords
) -> tuple[int, Sense | None]:
    """The longest phrase that begins with a word, else the word alone."""
    for rest, sense in words.phrases.get(bare, ()):
        if tuple(token for _, token, _ in raw[index : index + len(rest)]) == rest:
            return len(rest), sense
    return 0, words.senses.get(bare)


def check_madda(atom: Atom, text: str, folded: Folded) -> Atom:
    """آب (August) needs its madda; أب (father) folds to the same letters."""
    if not atom.sense.has_madda or text[folded.origin[atom.start]] == "آ":
        return atom
    return atom._replace(sense=OTHER)


def joined_months(items: list[Atom]) -> list[Atom]:
    """تموز/يوليو, مايو (أيار) and يونيو حزيران become one month."""
    joined: list[Atom] = []
    index = 0
    while index < len(items):
        atom = items[index]
        index += 1
        if atom.kind is Kind.MONTH and (length := pair_length(items, index)):
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
        while (length := addable(added)) and len(added) > length:
            first, last = added[-length - 1], added[-1]
            del added[-length - 1 :]
            value = sum_of(first.sense.value, last.sense.value, length == 2)
            added.append(Atom(first.sense._replace(value=value), first.start, last.end))
    return [as_year(atom) for atom in added]


def addable(items: list[Atom]) -> int:
    """2 when the last three atoms are number, and, number that add up; 1 for number, number."""
    last = items[-1].sense
    if last.kind not in (Kind.NUMBER, Kind.ORDINAL) or last.unit == "digits":
        return 0
    for length in (1, 2):
        if len(items) <= length or (length == 2 and items[-2].kind is not Kind.AND):
            continue
        first = items[-length - 1].sense
        is_number = first.kind in (Kind.NUMBER, Kind.ORDINAL) and first.unit != "digits"
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
