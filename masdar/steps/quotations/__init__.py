"""Find quotations: what was said, the word that introduces it, who said it, to whom, through whom.

A cue is a word that the tagger calls one. Its content is the best-scored stretch of words that starts and ends
where the tagger links it, decoded exactly under what must hold: a content does not hold its cue, contents of
one cue do not overlap, and a content that opens with a quotation mark stays inside the marks or takes them in whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml
from numpy.typing import NDArray

from masdar.labels import LAYERS, SILENT
from masdar.spans import best_of_each, cut_start
from masdar.steps.quotations.speakers import Speech, find_speakers, linked
from masdar.tagger import Floats, Tags
from masdar.text.fold import fold_word
from masdar.types import (
    Provenance,
    Quotation,
    QuotationKind,
    QuoteMarks,
    Span,
    Stance,
    Zone,
    ZoneKind,
)

LEXICON = Path(__file__).parents[2] / "lexicons" / "quotations" / "stances.yml"
LEAST_CUE = 0.55
STARTS, ENDS, CHOICES = 6, 8, 8  # likeliest starts and ends of a content, and pairs of them, that are weighed
BEAM = 24
NO_CONTENT = float(np.log(0.02))  # a cue loses its content only to something far likelier
READ = frozenset({ZoneKind.BODY, ZoneKind.DATELINE})
EDGE = " \t\n،,.؛;:"
GOVERNING = re.compile(r"(?:(?:إ|أ)نّ?(?:ه|ها|هم|هما|ني|نا)?|بأنّ?(?:ه|ها|هم)?)\s+")


class Reach(NamedTuple):
    """First and last word of a content, and the score of the two links."""

    first: int
    last: int
    score: float


def find_quotations(speech: Speech, zones: Sequence[Zone]) -> tuple[Quotation, ...]:
    """Quotations in order of their cues; nothing from titles, teasers and boilerplate."""
    body = [zone.span for zone in zones if zone.kind in READ]
    read = [cue for cue in cues(speech.tags) if any(zone.holds(speech.tokens[cue].span) for zone in body)]
    contents = without_crossing([reaches(speech, cue) for cue in read])
    found = [
        quotation
        for cue, content in zip(read, contents, strict=True)
        if content and (quotation := quotation_of(speech, cue, content))
    ]
    kept = without_repeats(found)
    kept.sort(key=lambda q: (q.cue or q.span).start)
    return tuple(replace(quotation, id=f"Q{number}") for number, quotation in enumerate(kept, 1))


def cues(tags: Tags) -> Iterator[int]:
    """The words that introduce a quotation."""
    inside = 1 - tags.layer("cue")[:, 0]
    yield from (int(index) for index in np.flatnonzero(inside > LEAST_CUE))


def without_crossing(choices: Sequence[Sequence[Reach]]) -> list[Reach | None]:
    """For each cue its content, so that no two cross (one may hold the other) and the scores are best together.

    A beam over the cues in order; leaving a cue without content costs as much as its best content is unlikely.
    """
    every = [reach for reaches in choices for reach in reaches]
    against = crossings(every)
    beam: list[tuple[float, int, tuple[Reach | None, ...]]] = [(0.0, 0, ())]  # score, chosen ones as bits, in order
    number = 0
    for reaches in choices:
        offered = [
            (1 << number + n, against[number + n], np.log(reach.score), reach) for n, reach in enumerate(reaches)
        ]
        number += len(reaches)
        grown = [
            (score + gain, taken | bit, (*chosen, reach))
            for score, taken, chosen in beam
            for bit, barred, gain, reach in (*offered, (0, 0, NO_CONTENT, None))
            if not taken & barred
        ]
        beam = sorted(grown, key=lambda item: -item[0])[:BEAM]
    return list(beam[0][2])


def crossings(reaches: Sequence[Reach]) -> list[int]:
    """For each content, as bits, those it crosses: they share words and neither holds the other."""
    first = np.array([reach.first for reach in reaches])[:, None]
    last = np.array([reach.last for reach in reaches])[:, None]
    ahead = (first < first.T) & (last >= first.T) & (last < last.T)
    return [sum(1 << int(n) for n in np.flatnonzero(row)) for row in ahead | ahead.T]


def quotation_of(speech: Speech, cue: int, first: Reach) -> Quotation | None:
    """The quotation that a cue introduces."""
    layer = speech.tags.layer("cue")[cue]
    said = LAYERS["cue"][1 + int(layer[1:].argmax())]
    spans = [span_of(speech, first)]
    if second := second_reach(speech, cue):
        spans.append(span_of(speech, second))
    contents = sorted({span for span in spans if span.start < span.end})
    if len(contents) == 2 and contents[0].overlaps(contents[1]):
        contents = [spans[0]]
    if not contents:
        return None
    is_silent = said == SILENT
    token = speech.tokens[cue]
    cue_span = Span(cut_start(speech.text, token, speech.tags, cue), token.span.end)
    speakers, speaker_span = find_speakers(speech, cue, contents)
    return Quotation(
        span=Span(contents[0].start, contents[-1].end),
        provenance=Provenance(
            "quotations.tagger", round(speech.tags.confidence("quotation", float(1 - layer[0]) * first.score), 3)
        ),
        id="",
        kind=kind_of(contents, speech.marks, speech.text),
        cue=None if is_silent else cue_span,
        contents=tuple(contents),
        speakers=speakers,
        speaker_span=speaker_span,
        addressees=linked(speech, cue, "addressee", contents),
        via=linked(speech, cue, "via", ()),
        stance=Stance.ASSERT if is_silent else stance_of(speech, cue_span, Stance(said)),
    )


def stance_of(speech: Speech, cue: Span, said: Stance) -> Stance:
    """The stance of the cue where it has but one ([نفى] is deny), else what the tagger says."""
    return speech.stances.get(fold_word(speech.text[cue.start : cue.end]), said)


def load_stances(path: Path = LEXICON) -> dict[str, Stance]:
    """Folded cues with their stance, from lexicons/quotations/stances.yml."""
    with path.open(encoding="utf-8") as file:
        page = yaml.load(file, yaml.CSafeLoader)["stances"]
    return {fold_word(form): Stance(stance) for stance, forms in page.items() for form in forms}


def log_softmax(scores: Floats, nothing: float) -> tuple[NDArray[np.float64], float]:
    """Log probabilities of each word and of "nothing"."""
    every = np.concatenate([[nothing], scores]).astype(np.float64)
    every -= every.max()
    every -= np.log(np.exp(every).sum())
    return every[1:], float(every[0])


def reaches(speech: Speech, cue: int, suffix: str = "") -> list[Reach]:
    """The likeliest contents of a cue, best first: start not behind end, the cue not between them."""
    starts, _ = log_softmax(*speech.tags.link("start" + suffix, cue))
    ends, _ = log_softmax(*speech.tags.link("end" + suffix, cue))
    found = [
        Reach(int(first), int(last), float(np.exp((starts[first] + ends[last]) / 2)))
        for first in np.argsort(-starts)[:STARTS]
        for last in np.argsort(-ends)[:ENDS]
        if first <= last and not first <= cue <= last and any_word(speech, int(first), int(last))
    ]
    return sorted(found, key=lambda reach: -reach.score)[:CHOICES]


def second_reach(speech: Speech, cue: int) -> Reach | None:
    """The other part of a content that its cue splits, where that is likelier than none."""
    _, no_start = log_softmax(*speech.tags.link("start2", cue))
    _, no_end = log_softmax(*speech.tags.link("end2", cue))
    found = reaches(speech, cue, "2")
    return found[0] if found and 2 * np.log(found[0].score + 1e-9) > no_start + no_end else None


def any_word(speech: Speech, first: int, last: int) -> bool:
    return any(token.is_word for token in speech.tokens[first : last + 1])


def span_of(speech: Speech, reach: Reach) -> Span:
    """The characters of a content: particles cut off, outer marks and final stop left out."""
    start = cut_start(speech.text, speech.tokens[reach.first], speech.tags, reach.first)
    return trimmed(speech.text, Span(start, speech.tokens[reach.last].span.end), speech.marks)


def trimmed(text: str, span: Span, marks: Sequence[QuoteMarks]) -> Span:
    """Without edges, and without a pair of marks around the whole or half a pair at one end."""
    start, end = span
    changed = True
    while changed:
        before = (start, end)
        while start < end and text[start] in EDGE:
            start += 1
        while end > start and text[end - 1] in EDGE and not is_ellipsis(text, end):
            end -= 1
        for pair in marks:
            if pair.outer.start == start and (pair.outer.end >= end or not pair.is_closed):
                start = pair.inner.start
            elif pair.is_closed and pair.outer.end == end and pair.outer.start < start:
                end = pair.inner.end
        if governed := GOVERNING.match(text, start, end):
            start = governed.end()
        changed = (start, end) != before
    return Span(start, end)


def is_ellipsis(text: str, end: int) -> bool:
    return text[max(0, end - 2) : end] == ".."


def kind_of(contents: Sequence[Span], marks: Sequence[QuoteMarks], text: str) -> QuotationKind:
    """Direct: in marks as a whole. Mixed: a clause of it is in marks. A name or term in marks counts for nothing."""
    total = inside = 0
    for content in contents:
        covered = np.zeros(content.end - content.start, bool)
        for pair in marks:
            shared = Span(max(pair.inner.start, content.start), min(pair.inner.end, content.end))
            if shared.start < shared.end and (pair.inner.holds(content) or is_speech(text[shared.start : shared.end])):
                covered[shared.start - content.start : shared.end - content.start] = True
        total += len(covered)
        inside += int(covered.sum())
    if inside > 0.9 * total:
        return QuotationKind.DIRECT
    return QuotationKind.MIXED if inside else QuotationKind.INDIRECT


def is_speech(words: str) -> bool:
    """More than a name or a term: four words at least."""
    return len(words.split()) >= 4


def without_repeats(found: Sequence[Quotation]) -> list[Quotation]:
    """One quotation for each content: a second attribution of the same words (… بحسب قوله) makes none."""
    return best_of_each(found, is_repeat)


def is_repeat(one: Quotation, other: Quotation) -> bool:
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one.contents for b in other.contents)
    longest = max(sum(c.end - c.start for c in q.contents) for q in (one, other))
    return shared > 0.8 * longest
