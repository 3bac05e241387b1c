"""Whether the words before a date put it in the future (سيصل الاثنين) or the past (وصل الاثنين)."""

from __future__ import annotations

from masdar.steps.times.answers import Reading
from masdar.steps.times.reckon import FUTURE
from masdar.steps.times.words import Kind

NEAR = 4  # words; an adjective (الانتخابات المقبلة في مايو) says less of what stands further on
REACH = 16  # words back in the same sentence
FUTURE_STARTS = ("سي", "ست", "سن", "سا")
SHORTEST = 5  # letters of a future verb: سيعقد
SHORTEST_PAST = 4  # letters of a past verb with its ت: أصرت
PLAN_REACH = 3  # words between كان and المقرر: كان الوزير من المقرر


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
        if form in words.context["future_cues"] or is_future_verb(form, reading, at):
            return -1 if is_past_plan(reading, at) else 1
        if form in words.context["past_cues"] or is_past_verb(form):
            return -1
    return 0


def is_future_verb(word: str, reading: Reading, at: int) -> bool:
    """سيزور, ستعقد, سأعلن, but not سياسية, ساعات."""
    if len(word) < SHORTEST or not word.startswith(FUTURE_STARTS):
        return False
    if word in reading.words.context["not_future"] or word.endswith(("يه", "ات")):
        return False
    if not word.startswith("سا"):
        return True
    hamza = reading.atoms.items[at].end - len(word) + 1
    return reading.atoms.text[reading.atoms.folded.origin[hamza]] == "أ"


def is_past_verb(word: str) -> bool:
    """امتدت, أصرت: a verb of the past with its feminine ending; not قوات, بيروت."""
    if len(word) < SHORTEST_PAST or not word.endswith("ت") or word[-2] in "اوي":
        return False
    return not word.startswith(("ال", "بال", "لل"))


def is_past_plan(reading: Reading, at: int) -> bool:
    """كان من المقرر أن يصل: a plan of the past."""
    words_before = (reading.atoms.word(at - step) for step in range(1, PLAN_REACH + 1))
    return any(word.endswith(("كان", "كانت")) for word in words_before)


def direction(reading: Reading, name: str = "mod") -> int | None:
    """-1, 0, 1 from an adjective (الماضي, الجاري, المقبل), FUTURE from a clause; None if unsaid."""
    said = reading.value(name)
    if said is not None:
        return said
    return FUTURE if tense(reading) > 0 else None
