"""Who did it, to whom and where: weights of links inside and outside of the sentence, and what "and" joins."""

from masdar.steps.events.arguments import Scene, participants, where
from masdar.types import EntityType, Place, Provenance, Span
from tests.steps.made import entity, spoken_of, tags, tokens_of, word

STATE = EntityType.STATE
TEXT = "وصل وفد أوستلاند. قصفت نورلاند وسودلاند قرى في الوادي والسهل والجبل."
CUT = ("وسودلاند", "والسهل", "والجبل")
SENTENCES = (Span(0, TEXT.index(".") + 1), Span(TEXT.index("قصفت"), len(TEXT)))


def scene(links: dict[tuple[str, str, str], float]) -> Scene:
    said = tags(TEXT, links, CUT)
    entities = [
        entity(TEXT, "E1", STATE, "نورلاند"),
        entity(TEXT, "E2", STATE, "سودلاند"),
        entity(TEXT, "E3", STATE, "أوستلاند"),
    ]
    places = [
        Place(Span(TEXT.index(name), TEXT.index(name) + len(name)), Provenance("test"))
        for name in ("أوستلاند", "الوادي", "السهل", "الجبل")
    ]
    return Scene(TEXT, tokens_of(TEXT), said, SENTENCES, spoken_of(TEXT, entities, said), places, (), ())


def actors(links: dict[tuple[str, str, str], float]) -> tuple[str, ...]:
    return participants(scene(links), word(TEXT, "قصفت"), "actor")


def places(links: dict[tuple[str, str, str], float]) -> tuple[str, ...]:
    return where(scene(links), word(TEXT, "قصفت"))


def test_who_is_joined_to_an_actor_is_one() -> None:
    assert actors({("actor", "قصفت", "نورلاند"): 0.9}) == ("E1", "E2")


def test_what_another_sentence_names_needs_more_than_half_of_the_weight() -> None:
    shared = {("actor", "قصفت", "نورلاند"): 0.5, ("actor", "قصفت", "أوستلاند"): 0.45}
    assert actors(shared) == ("E1", "E2")
    assert actors({("actor", "قصفت", "أوستلاند"): 0.9}) == ("E3",)
    assert places({("place", "قصفت", "أوستلاند"): 0.45, ("place", "قصفت", "الوادي"): 0.3}) == ("P2", "P3", "P4")
    assert places({("place", "قصفت", "أوستلاند"): 0.45, ("place", "قصفت", "قرى"): 0.3}) == ("P1",)


def test_nothing_is_an_answer() -> None:
    assert actors({("actor", "قصفت", "نورلاند"): 0.3}) == ()
    assert places({}) == ()
