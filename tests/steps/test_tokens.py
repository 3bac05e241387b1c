"""Words and marks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masdar.steps.tokens import find_tokens
from masdar.text.fold import fold

# the cuts are shown by bars
CUTS = [
    "قال|الوزير|:|«|نرفض|التدخل|»|.",
    "أكّدتِ|الوزارةُ|،|أنّ",
    "لـ|«|عكاظ|»",
    "الـ|18",
    "القسـام",
    "1,200|و|3.5|و|١٢٫٥",
    "12/5/2018|،|10:30",
    "2018-05-12",
    "80|%",
    "2017|-|2018",
    "#|الجيش|اليمني|ينتشر",
    "@masdar_news|يقول",
    "pic.twitter.com/abcDEF123",
    "https://example.org/a_b?c=1|.",
    "www.example.org|،",
    "desk@example.org",
    "أ.ف.ب.",
    "د|.|محمد",
    "U.S.|Army",
    "Qur’an|و|S-300",
    "كيم|جونغ|-|أون",
    "فصل|...|ثم|..",
    "لل|CNN|ثم",
    "می\N{ZERO WIDTH NON-JOINER}خواهم",
    "❤|!",
    "_|سطر",
]


@pytest.mark.parametrize("cuts", CUTS)
def test_tokens(cuts: str) -> None:
    words = cuts.split("|")
    for text in (cuts.replace("|", " "), "\N{RIGHT-TO-LEFT MARK}" + cuts.replace("|", " ")):
        tokens = find_tokens(text, fold(text))
        assert [text[token.span.start : token.span.end] for token in tokens] == words


TOGETHER = [
    ("#الجيش_اليمني", ["#", "الجيش", "اليمني"]),
    ("«نعم».", ["«", "نعم", "»", "."]),
    ("(واس)", ["(", "واس", ")"]),
    ("بيروت\N{LEFT-TO-RIGHT MARK}،", ["بيروت", "،"]),
    ("الثلاثاء.وقال", ["الثلاثاء", ".", "وقال"]),
    ("لـ«عكاظ»", ["لـ", "«", "عكاظ", "»"]),
]


@pytest.mark.parametrize(("text", "words"), TOGETHER)
def test_tokens_without_spaces(text: str, words: list[str]) -> None:
    tokens = find_tokens(text, fold(text))
    assert [text[token.span.start : token.span.end] for token in tokens] == words


def test_token_knows_its_folded_form() -> None:
    token, stop = find_tokens("أكّدتْ.", fold("أكّدتْ."))
    assert (token.folded, token.is_word) == ("اكدت", True)
    assert (stop.folded, stop.is_word) == (".", False)


@settings(deadline=None)
@given(st.text())
def test_tokens_never_overlap(text: str) -> None:
    tokens = find_tokens(text, fold(text))
    assert all(token.span.start < token.span.end <= len(text) for token in tokens)
    assert all(first.span.end <= second.span.start for first, second in pairwise(tokens))
