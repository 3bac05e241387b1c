"""Mentions as the layers of labels give them."""

from __future__ import annotations

from masdar.steps.mentions import outside_names
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
