"""Mentions as the layers of labels give them."""

from __future__ import annotations

import numpy as np
import pytest

from masdar.steps.mentions import before_preposition, finished, outside_names
from masdar.steps.tokens import find_tokens
from masdar.text.fold import fold
from masdar.types import EntityType, Form, Mention, Provenance, Span


def mention(start: int, end: int, form: Form) -> Mention:
    return Mention(Span(start, end), Provenance("mentions.tagger", 0.9), EntityType.ORGANIZATION, form)


def test_a_description_inside_a_name_is_none() -> None:
    name, word = mention(4, 25, Form.NAME), mention(4, 9, Form.NOMINAL)
    assert list(outside_names([name, word])) == [name]


def test_a_name_inside_a_description_and_a_demonym_inside_a_name_stay() -> None:
    office, name, demonym = mention(0, 30, Form.NOMINAL), mention(5, 25, Form.NAME), mention(18, 25, Form.DEMONYM)
    assert list(outside_names([office, name, demonym])) == [office, name, demonym]


def test_a_description_that_only_begins_in_a_name_stays() -> None:
    name, longer = mention(0, 9, Form.NAME), mention(0, 15, Form.NOMINAL)
    assert list(outside_names([name, longer])) == [name, longer]


@pytest.mark.parametrize(
    ("text", "chances", "last", "end"),
    [
        ("أكثر من خمسين قياديا قتلوا", (0.9, 0.8, 0.3, 0.2, 0.05), 1, 3),  # more than fifty leaders were killed
        ("أكثر من خمسين قياديا قتلوا", (0.9, 0.8, 0.3, 0.2, 0.05), 3, 3),
        ("سكان المدينة قتلوا", (0.9, 0.8, 0.3), 1, 1),  # the city's inhabitants
        ("عدد كبير من", (0.9, 0.8, 0.7), 2, 2),  # the text ends there
    ],
)
def test_a_description_goes_on_after_a_preposition(text: str, chances: tuple[float, ...], last: int, end: int) -> None:
    layer = np.array([[1 - chance, chance] for chance in chances], np.float32)
    assert finished(find_tokens(text, fold(text)), layer, last) == end


@pytest.mark.parametrize(
    ("text", "last", "end"),
    [
        ("عشرات الناشطين أمام مجلس النواب", 2, 1),  # dozens of activists before parliament
        ("عشرات الناشطين أمام مجلس النواب", 4, 1),
        ("السفير لدى الأمم المتحدة", 3, 3),  # the ambassador to the United Nations
        ("أمام", 0, 0),
    ],
)
def test_a_description_does_not_end_in_a_preposition(text: str, last: int, end: int) -> None:
    assert before_preposition(find_tokens(text, fold(text)), 0, last) == end
