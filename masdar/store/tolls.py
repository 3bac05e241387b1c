"""Numbers of killed, injured and others in a sentence: مقتل 14 مقاتلا (14 fighters killed) → killed 14.

A number counts if it stands close behind a word such as مقتل (the killing of), or right before one such as قتيلا
(dead); words that name two (قتيلان) count by themselves. Vague numbers (عشرات, dozens) are no numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from masdar.text.fold import fold_word
from masdar.text.numbers import HUNDREDS, SCALES, TEN, TENS, UNITS, Number, parse_number, split_word

REACH = 5  # words from the word to its number: قتل ما لا يقل عن 16
LARGEST = 10_000_000
ONES = frozenset(("واحد", "واحده", "احد", "احدي", "صفر"))  # mostly no number: احد (anyone, Sunday)
NUMBERS = frozenset().union(UNITS, TEN, TENS, HUNDREDS, SCALES) - ONES
# what a number may count besides people, folded
THINGS = re.compile(
    r"""
    (?:
        عام\w* | سنه | سنوات | شهر\w* | اشهر | يوم\w* | ايام | ساعه | ساعات | دقيق\w* | دقايق | اسبوع\w* | مره | مرات
      | صاروخ\w* | صواريخ | طاير\w* | دبابه | دبابات | عبوه | عبوات | قذيفه | قذايف | غاره | غارات | منزل\w* | منازل
      | سياره | سيارات | كيلو\w* | كلم | متر\w* | امتار | دولار\w* | مليون\w* | بالميه | هجوم\w* | هجمات
      | يناير | فبراير | مارس | ابريل | مايو | يونيو | يوليو | اغسطس | سبتمبر | اكتوبر | نوفمبر | ديسمبر
      | كانون | شباط | اذار | نيسان | ايار | حزيران | تموز | اب | ايلول | تشرين
    )
    """,
    re.VERBOSE,
)
TIME = re.compile(r"[وفبل]?(?:ال)?(?:عام|سنه|يوم|الساعه|ساعه)")  # with a number behind it: يوم 14
BEFORE_A_NUMBER = {
    "killed": re.compile(
        r"""
        [وفبل]{0,2}(?:ال)?
        (?: قتلت? | يقتل | مقتل | مصرع | قتلوا | لقي\w* | استشهاد | استشهدت? | وفاه | توفي | ارتقاء | اودت? | بحياه
          | ضحايا\w* | حصيله )
        """,
        re.VERBOSE,
    ),
    "injured": re.compile(
        r"""
        [وفبل]{0,2}(?:ال)?
        (?: اصيبت? | اصابه | اصابات | جرح | جرحت | جرحوا | اصيبوا )
        """,
        re.VERBOSE,
    ),
    "arrested": re.compile(
        r"""
        [وفبل]{0,2}(?:ال)?
        (?: اعتقال | اعتقلت? | توقيف | اوقفت? | احتجاز | احتجزت? )
        """,
        re.VERBOSE,
    ),
}
BEHIND_A_NUMBER = {
    "killed": re.compile(r"(?:قتيلا?|قتلي|شهيدا?|شهداء|ضحيه|ضحايا|وفاه|وفيات|حتفهم|مصرعهم)"),
    "injured": re.compile(r"(?:جريحا?|جرحي|مصابا?|مصابين|مصابون|اصابه|اصابات|بجروح)"),
    "arrested": re.compile(r"(?:معتقلا?|معتقلين|موقوفا?|موقوفين)"),
}
TWO = {
    "killed": re.compile(r"[وفبل]?(?:قتيلان|قتيلين|شهيدان|شهيدين)"),
    "injured": re.compile(r"[وفبل]?(?:جريحان|جريحين|مصابان|مصابين اثنين)"),
}
WORD = re.compile(r"[\w,.٬٫]*\w")


class Toll(NamedTuple):
    """How many were killed, injured or arrested, by one sentence."""

    kind: str
    number: Number


class Run(NamedTuple):
    """Words that are one number, from the first to behind the last."""

    start: int
    end: int
    number: Number


def tolls(sentence: str) -> list[Toll]:
    """Every toll of a sentence, in order, each once."""
    words = WORD.findall(fold_word(sentence))
    runs = list(numbers(words))
    found = [*pairs(words, runs), *duals(words)]
    return list(dict.fromkeys(toll for _, toll in sorted(found)))


def pairs(words: Sequence[str], runs: Sequence[Run]) -> Iterator[tuple[int, Toll]]:
    """Each number with the word that says what it counts."""
    last = 0
    for run in runs:
        kind = kind_behind(words, run) or kind_before(words, run, last)
        last = run.end
        if kind and 0 < run.number < LARGEST and not counts_things(words, run):
            yield run.start, Toll(kind, run.number)


def kind_behind(words: Sequence[str], run: Run) -> str | None:
    """What the word right behind a number says: 14 قتيلا; one word may stand between: 16 شخصا حتفهم."""
    for word in words[run.end : run.end + 2]:
        for kind, pattern in BEHIND_A_NUMBER.items():
            if pattern.fullmatch(word):
                return kind
    return None


def kind_before(words: Sequence[str], run: Run, last: int) -> str | None:
    """What the nearest word before a number says, not beyond the number before it."""
    for at in range(run.start - 1, max(last, run.start - 1 - REACH) - 1, -1):
        for kind, pattern in BEFORE_A_NUMBER.items():
            if pattern.fullmatch(words[at]):
                return kind
    return None


def counts_things(words: Sequence[str], run: Run) -> bool:
    """Whether a number is of days, missiles or the like, or a year."""
    behind = words[run.end : run.end + 1]
    before = words[max(0, run.start - 1) : run.start]
    is_year = 1900 <= run.number <= 2100 and words[run.start].isdecimal()
    is_thing = any(THINGS.fullmatch(word.removeprefix("ال")) for word in behind)
    return is_year or is_thing or any(TIME.fullmatch(word) for word in before)


def duals(words: Sequence[str]) -> Iterator[tuple[int, Toll]]:
    """Words that name two."""
    for at, word in enumerate(words):
        for kind, pattern in TWO.items():
            if pattern.fullmatch(word):
                yield at, Toll(kind, 2)


def numbers(words: Sequence[str]) -> Iterator[Run]:
    """The longest runs of words that are a number."""
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and is_number(words[end]):
            end += 1
        number = parse_number(" ".join(words[at:end])) if end > at else None
        if number is not None:
            yield Run(at, end, number)
        at = max(end, at + 1)


def is_number(word: str) -> bool:
    """Whether a word can be part of a number."""
    if word[0].isdecimal():
        return parse_number(word) is not None
    parts = [part for part in split_word(word) if part != "و"]
    return bool(parts) and all(part in NUMBERS for part in parts)
