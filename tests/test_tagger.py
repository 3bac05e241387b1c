"""What the tagger gives besides labels and links: vectors of sentences, and confidence that means what it says."""

from __future__ import annotations

import math

import numpy as np
import pytest

from masdar.reader import Reader
from masdar.steps.tokens import find_tokens
from masdar.tagger import Tags, as_int8, sentence_vectors
from masdar.text.fold import fold
from masdar.types import Span

TEXT = "قال الوزير نعم. وصل الوفد."


def tags(calibration: dict[str, tuple[float, float]]) -> Tags:
    nothing = np.zeros((0, 0), np.float32)
    return Tags(nothing, (), np.zeros(0, np.int64), np.zeros((0, 0), np.int8), calibration)


def test_vector_of_a_sentence_is_the_mean_of_its_words() -> None:
    tokens = find_tokens(TEXT, fold(TEXT))
    first = TEXT.index("وصل")
    words = np.array([[1.0, 0.0] if t.span.start < first else [0.0, 2.0] for t in tokens], np.float32)
    found = sentence_vectors(words, tokens, [Span(0, first - 1), Span(first, len(TEXT)), Span(len(TEXT), len(TEXT))])
    assert found.tolist() == [[127, 0], [0, 127], [0, 0]]


def test_vectors_are_127_long() -> None:
    assert as_int8(np.array([[3.0, 4.0]], np.float32)).tolist() == [[76, 102]]


def test_confidence_is_the_score_where_nothing_was_measured() -> None:
    assert tags({}).confidence("event", 0.8) == 0.8


@pytest.mark.parametrize("score", [0.0, 0.5, 1.0])
def test_confidence_follows_the_curve(score: float) -> None:
    calibrated = tags({"event": (0.5, -1.0)})
    assert 0 < calibrated.confidence("event", score) < 1
    assert calibrated.confidence("event", 0.5) == pytest.approx(1 / (1 + math.e))
    assert calibrated.confidence("event", 0.9) > calibrated.confidence("event", 0.6)


def test_texts_on_one_thing_are_nearer_than_others() -> None:
    reader = Reader.load(threads=1)
    one = reader.meaning_of("قصفت الطائرات مواقع في ريف المدينة وقتلت ثلاثة مدنيين.").astype(int)
    like = reader.meaning_of("قتل ثلاثة أشخاص في غارات جوية على ريف المدينة.").astype(int)
    other = reader.meaning_of("ارتفعت أسعار القمح في الأسواق بعد قلة الأمطار.").astype(int)
    assert one @ like > one @ other + 0.2 * 127 * 127
