"""Where sentences end."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masdar.steps.sentences import find_sentences
from masdar.types import Span, Zone, ZoneKind

# the cuts are shown by bars
CUTS = [
    "وصل الوزير أمس. |وغادر اليوم.",
    "هل وصل الوزير؟ |نعم!",
    "وصل الوزير\n|وغادر",
    "قال د. خالد إن الوفد وصل. |ثم مضى.",
    "قال أ.د. سامي ذلك. |ثم مضى.",
    "غزو لا أساس له. |لكن الوفد باق.",
    "التقى الوزير ود. خالد ولد. |ثم مضى.",
    "نقلت أ. ف. ب. عن مصدر. |وأضاف.",
    "نقلت أ.ف.ب. عن مصدر.",
    "كان ذلك عام 1436 هـ. |وفي العام التالي انتهى.",
    "عاش في القرن الثالث ق. م. هناك.",
    "بلغ 3.5 مليون. |وزاد.",
    "قال: «نرفض ذلك. |ولن نقبل به». |ثم غادر.",
    'قال: "نرفض ذلك." |وأضاف آخر.',
    "توقف.. ثم عاد... ثم مضى.",
    "وصل الثلاثاء.|وقال إنه باق.",
    "قال: «هل نقبل؟»، ثم سكت.",
    "في موقع example.org أمس. |انتهى",
    "1. البند الأول. |2. البند الثاني.",
    "The U.S. Army came. |نعم.",
    "رئيس الوزراء جورج و. بوش هنا.",
]


@pytest.mark.parametrize("cuts", CUTS)
def test_sentences(cuts: str) -> None:
    text = cuts.replace("|", "")
    zones = (Zone(ZoneKind.BODY, Span(0, len(text))),)
    found = [text[span.start : span.end] for span in find_sentences(text, zones)]
    assert found == [cut.strip() for cut in cuts.split("|")]


def test_a_zone_ends_a_sentence() -> None:
    zones = (Zone(ZoneKind.DATELINE, Span(0, 10)), Zone(ZoneKind.BODY, Span(10, 20)))
    assert find_sentences("دمشق سانا قال مصدر نعم", zones) == ((0, 9), (10, 20))


@settings(deadline=None)
@given(st.text())
def test_sentences_hold_all_words(text: str) -> None:
    spans = find_sentences(text, (Zone(ZoneKind.BODY, Span(0, len(text))),))
    words = "".join(text[span.start : span.end] for span in spans)
    assert "".join(words.split()) == "".join(text.split())
