"""Whatever the text, times never raise, never overlap, and lie inside the text in order."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from masdar.steps.times import find_times, load_time_words
from masdar.steps.times.words import ENTRIES, FOLDER, read_yaml
from masdar.text.fold import fold

GRANULARITIES = ("decade", "year", "month", "week", "day", "hour", "period")
WORDS = load_time_words()
FORMS = [form for name in ENTRIES for entry in read_yaml(FOLDER / f"{name}.yml")["entries"] for form in entry["forms"]]
PIECES = st.one_of(
    st.sampled_from(FORMS),
    st.integers(0, 9999).map(str),
    st.sampled_from(["وفد", "سيصل", "كان", ".", "،", "(", ")", "-", "/", "\n", "و", "12/5/2018", "هـ"]),
    st.text(max_size=5),
)
TEXTS = st.lists(PIECES, max_size=25).map(" ".join)
PUBLISHED = st.one_of(st.none(), st.dates(date(1000, 1, 1), date(2199, 12, 31)).map(str))


@settings(max_examples=300, deadline=None)
@given(TEXTS, PUBLISHED)
def test_any_text(text: str, published: str | None) -> None:
    end = 0
    for time in find_times(text, fold(text), WORDS, published):
        assert end <= time.span.start < time.span.end <= len(text)
        assert time.granularity in GRANULARITIES
        assert time.kind in ("absolute", "relative", "hijri", "vague")
        end = time.span.end


@settings(max_examples=30, deadline=None)
@given(TEXTS, PUBLISHED)
def test_twice_the_same(text: str, published: str | None) -> None:
    first, second = (find_times(text, fold(text), WORDS, published) for _ in range(2))
    assert first == second
