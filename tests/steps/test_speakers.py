"""Whose words they are: who stands behind a rank or a document, and who speaks with one voice."""

import pytest

from masdar.steps.quotations.speakers import Speech, find_speakers, load_documents
from masdar.types import EntityType, Span
from tests.steps.made import entity, spoken_of, tags, tokens_of, word

PERSON, BODY, STATE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.STATE


def speakers(text: str, cue: str, linked: str, bodies: tuple[str, ...], likely: str = "") -> tuple[str, ...]:
    """The names of those who speak at a cue that is linked to a word, and far less to a likely body."""
    links = {("speaker", cue, linked): 0.9}
    if likely:
        links |= {("speaker", cue, likely): 0.05}
    said = tags(text, links, cut=tuple(f"و{name}" for name in bodies if f"و{name}" in text))
    entities = [entity(text, name, BODY, name) for name in bodies]
    spoken = spoken_of(text, entities, said)
    start = text.index("إن") + 3
    speech = Speech(text, tokens_of(text), said, (), {}, load_documents(), spoken)
    return find_speakers(speech, word(text, cue), (Span(start, len(text) - 1),))[0]


@pytest.mark.parametrize(
    ("text", "linked", "bodies", "wanted"),
    [
        ("وقال بيان صادر عن وزارة النقل إن الطريق مغلق.", "بيان", ("وزارة النقل",), ("وزارة النقل",)),
        ("وقال بيان لوزارة النقل إن الطريق مغلق.", "بيان", ("وزارة النقل",), ("وزارة النقل",)),
        ("وقال تقرير لصحيفة المنارة إن الطريق مغلق.", "تقرير", ("المنارة",), ("المنارة",)),
        ("وقال العقيد تيسير إن الطريق مغلق.", "العقيد", ("تيسير",), ("تيسير",)),
        ('وقالت "القناة السابعة" إن الطريق مغلق.', '"', ("القناة السابعة",), ("القناة السابعة",)),
        ("وقال تقرير نشر في مجلس الشورى إن الطريق مغلق.", "تقرير", ("مجلس الشورى",), ()),  # where, not whose
        ("وقالت تقارير إن الطريق مغلق.", "تقارير", (), ()),
        ("وقال إن الطريق مغلق، وفق تقرير. الوزارة تنفي.", "تقرير", ("الوزارة",), ()),  # the next sentence's
    ],
)
def test_who_stands_behind_a_word(text: str, linked: str, bodies: tuple[str, ...], wanted: tuple[str, ...]) -> None:
    assert speakers(text, "قال", linked, bodies) == wanted


def test_the_statement_is_that_of_whom_the_tagger_thinks_next() -> None:
    text = "نفت وزارة النقل الخبر. وقال البيان إن الطريق مغلق."
    assert speakers(text, "قال", "البيان", ("وزارة النقل",), likely="وزارة") == ("وزارة النقل",)
    text = text.replace("البيان", "التقرير")
    assert speakers(text, "قال", "التقرير", ("وزارة النقل",), likely="وزارة") == ()


def test_who_is_joined_by_and_speaks_too() -> None:
    text = "وقالت الوزارة والبلدية إن الطريق مغلق."
    assert speakers(text, "قال", "الوزارة", ("الوزارة", "البلدية")) == ("الوزارة", "البلدية")
