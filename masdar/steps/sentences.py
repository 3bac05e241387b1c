"""Cut zones into sentences.

A line break always ends a sentence; so does . ! ? ؟ with any closing marks after it, unless the
stop belongs to an abbreviation or an initial. Two or more dots are a pause in Arabic news, no
end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from masdar.types import Span, Zone

CLOSING = r"[\"”“»›’')\]]"
STOP = re.compile(
    rf"""
    (?<![.…]) \. (?![.…]) {CLOSING}* (?=\s)
  | [!?؟۔]+ \.? {CLOSING}* (?=\s)
  | (?<=[^\W\d_]{{3}}) [.؟] [”»)]* (?=[\u0621-\u064A]{{3}})  # the space after the stop is missing
    """,
    re.VERBOSE,
)
LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
# A stop after one of these ends no sentence: د (Dr), م (engineer, AD), أ.د (professor), any lone letter
# as an initial; with و or ل before it only the titles, as له and به are words.
ABBREVIATION = re.compile(
    r"(?:^|[\s(«“\"/.\-])(?:[^\W\d_]ـ?|[ول][دمأ]|أد|Dr|Mr|Mrs|Ms|St|Gen|Lt|Col|Sen|No|vs)\u200C?$"
)
YEAR_MARK = re.compile(r"\d\s?(?:م|هـ|ه)$")  # "عام 1436 هـ." at the end of a sentence is a real end


def find_sentences(text: str, zones: tuple[Zone, ...]) -> tuple[Span, ...]:
    """Sentences of every zone, in order, without the white space around them."""
    return tuple(
        sentence
        for zone in zones
        for line in LINE.finditer(text, *zone.span)
        for sentence in cut_line(text, Span(*line.span()))
    )


def cut_line(text: str, line: Span) -> Iterator[Span]:
    """Sentences of one line: <قال د. خالد نعم.> <ثم مضى.>"""
    start = line.start
    for stop in STOP.finditer(text, line.start, line.end):
        if ends_sentence(text, start, stop):
            yield from trimmed(text, Span(start, stop.end()))
            start = stop.end()
    yield from trimmed(text, Span(start, line.end))


def ends_sentence(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether the stop is one: not in "د. محمد" (Dr Muhammad), "أ. ف. ب." (AFP), "1. أولا"."""
    before = text[max(start, stop.start() - 12) : stop.start()]
    if not stop.group().startswith("."):
        return bool(text[start : stop.start()].strip())
    if text[start : stop.start()].strip().isdecimal():
        return False
    return not ABBREVIATION.search(before) or bool(YEAR_MARK.search(before))


def trimmed(text: str, span: Span) -> Iterator[Span]:
    """The span without white space around it, if anything is left."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    end = span.start + len(words.rstrip())
    if start < end:
        yield Span(start, end)
