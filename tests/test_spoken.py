"""Who stands beside whom: mentions joined by "and"."""

from masdar.types import Entity, EntityType, Form
from tests.steps.made import entity, spoken_of, tags, word

PERSON, BODY, STATE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.STATE
TEXT = "أعلنت ليندا، وزيرة خارجية نورلاند ووزير دفاع سودلاند وأوستلاند، الاتفاق مع وفد فستلاند."


def everyone() -> list[Entity]:
    return [
        entity(TEXT, "E1", PERSON, "وزيرة خارجية نورلاند", form=Form.NOMINAL),
        entity(TEXT, "E2", STATE, "نورلاند"),
        entity(TEXT, "E3", PERSON, "وزير دفاع سودلاند", form=Form.NOMINAL),
        entity(TEXT, "E4", STATE, "سودلاند"),
        entity(TEXT, "E5", STATE, "أوستلاند"),
        entity(TEXT, "E6", BODY, "وفد فستلاند", form=Form.NOMINAL),
    ]


def test_and_joins_what_is_of_one_kind() -> None:
    said = tags(TEXT, {}, cut=("ووزير", "وأوستلاند"))
    found = spoken_of(TEXT, everyone(), said)
    assert found.beside[word(TEXT, "وزيرة")] == ("E1", "E3")  # ministers, not Norland and a minister
    assert found.beside[word(TEXT, "سودلاند")] == ("E4", "E5")
    assert word(TEXT, "وفد") not in found.beside


def test_a_waw_of_the_word_itself_joins_nothing() -> None:
    text = "نورلاند وادي"
    found = spoken_of(text, [entity(text, "E1", STATE, "نورلاند"), entity(text, "E2", STATE, "وادي")], tags(text, {}))
    assert found.beside == {}


def test_conjuncts_follow_the_mention_that_is_linked() -> None:
    said = tags(TEXT, {}, cut=("ووزير", "وأوستلاند"))
    found = spoken_of(TEXT, everyone(), said)
    at = word(TEXT, "سودلاند")
    assert found.with_conjuncts(("E4",), {"E4": at}) == ("E4", "E5")
    assert found.with_conjuncts(("E6",), {"E6": word(TEXT, "وفد")}) == ("E6",)
