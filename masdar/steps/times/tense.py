"""Whether the words before a date put it in the future (سيصل الاثنين) or the past (وصل الاثنين)."""

from __future__ import annotations

from masdar.steps.times.answers import Reading
from masdar.steps.times.words import Kind, TimeWords

NEAR = 4  # words; an adjective (الانتخابات المقبلة في مايو) says less of what stands further on
REACH = 12  # words back in the same sentence
FUTURE_STARTS = ("سي", "ست", "سن", "سا")
SHORTEST = 5  # letters of a future verb: سيعقد


def tense(reading: Reading) -> int:
    """1 for the future, -1 for the past, 0 where nothing says it: the nearest cue decides."""
    for distance in range(1, REACH + 1):
        at = reading.start - distance
        if at < 0 or reading.atoms.items[at].kind is Kind.STOP:
            return 0
        if found := cue(reading, at):
            return found
    return 0


def cue(reading: Reading, at: int) -> int:
    """What one word says of the time of its clause."""
    kind, word, words = reading.atoms.items[at].kind, reading.atoms.word(at), reading.words
    if kind in (Kind.NEXT, Kind.PAST) and reading.start - at <= NEAR:
        return reading.atoms.items[at].sense.value
    if kind is not Kind.OTHER:
        return 0
    for form in (word, word[1:] if word[:1] in ("و", "ف") else word):
        if form in words.context["future_cues"] or is_future_verb(form, words):
            return 1
        if form in words.context["past_cues"]:
            return -1
    return 0


def is_future_verb(word: str, words: TimeWords) -> bool:
    """سيزور, ستعقد, but not سياسية."""
    if len(word) < SHORTEST or not word.startswith(FUTURE_STARTS):
        return False
    nouns = words.context["not_future"]
    return word not in nouns and word[:2] != "سا" and not word.endswith(("ية", "يه", "ات"))


def direction(reading: Reading, name: str = "mod") -> int | None:
    """-1, 0, 1 from an adjective (الماضي, الجاري, المقبل) or a future clause; None if unsaid."""
    said = reading.value(name)
    if said is not None:
        return said
    return 1 if tense(reading) > 0 else None
