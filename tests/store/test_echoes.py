"""The same words in several articles; speakers and bodies are invented."""

from __future__ import annotations

import pytest

from masdar.store.echoes import Change, Relation, Said, Step, Voices, align, relation_of
from masdar.store.words import Rarity, stems

KHALID = frozenset(["PER:SYR:انس خالد"])
FULL = "لن تقبل لجنة السهل أي اعتداء على قرية النخيل وسترد عليه في الوقت المناسب"
SHORT = "لن تقبل لجنة السهل أي اعتداء على قرية النخيل"
REWORDED = "لجنة السهل لا تقبل الاعتداء على قرية النخيل وسترد في وقت مناسب"
OTHER = "المدارس تفتح أبوابها مطلع الشهر المقبل بعد ترميم سقوفها"


def said(id: str, content: str, speakers: frozenset[str] = KHALID, **more: object) -> Said:
    """A quotation of article `id`."""
    fields: dict[str, object] = {
        "id": f"{id}#Q1",
        "article": int(id[1:]),
        "quotation": "Q1",
        "source": f"outlet {id}",
        "published": "2024-03-13",
        "day": 100,
        "kind": "direct",
        "content": content,
        "speakers": speakers,
    }
    return Said(**fields | more)  # type: ignore[arg-type]


def weighed(*every: Said) -> list[Said]:
    rarity = Rarity()
    for words in (FULL, SHORT, OTHER, *(["كلام آخر عن الطقس"] * 5)):
        rarity.add(stems(words))
    return [each.weighed(rarity) for each in every]


def strands(*every: Said, apart: dict[str, frozenset[str]] | None = None) -> list[str]:
    voices = Voices(apart or {})
    return [voices.join(each).strand for each in weighed(*every)]


@pytest.mark.parametrize("later", [FULL, SHORT, REWORDED, FULL.replace("أي", "اي")])
def test_the_same_words_echo(later: str) -> None:
    assert strands(said("a1", FULL), said("a2", later)) == ["a1#Q1", "a1#Q1"]


def test_other_words_do_not() -> None:
    assert strands(said("a1", FULL), said("a2", OTHER)) == ["a1#Q1", "a2#Q1"]


def test_the_less_is_known_of_the_speaker_the_more_words_must_be_the_same() -> None:
    someone, other = frozenset[str](), frozenset(["PER:TUR:سامي نجار"])
    loose = "لن تقبل لجنة السهل أي اعتداء على قرية النخيل وستجتمع غدا لتقرر ما يلزم من تدابير عاجلة"
    assert strands(said("a1", FULL), said("a2", loose)) == ["a1#Q1", "a1#Q1"]
    assert strands(said("a1", FULL), said("a2", loose, other)) == ["a1#Q1", "a2#Q1"]
    assert strands(said("a1", FULL), said("a2", FULL, other)) == ["a1#Q1", "a1#Q1"]
    assert strands(said("a1", FULL), said("a2", SHORT, someone)) == ["a1#Q1", "a1#Q1"]


def test_the_same_words_in_another_order_are_no_echo() -> None:
    mixed = " ".join(reversed(FULL.split()))
    assert strands(said("a1", FULL), said("a2", mixed)) == ["a1#Q1", "a2#Q1"]


def test_short_phrases_are_said_by_everybody() -> None:
    assert strands(said("a1", "نرفض هذا تماما"), said("a2", "نرفض هذا تماما")) == ["a1#Q1", "a2#Q1"]


def test_what_people_parted_stays_apart() -> None:
    apart = {"a2#Q1": frozenset(["a1#Q1"])}
    assert strands(said("a1", FULL), said("a2", FULL), apart=apart) == ["a1#Q1", "a2#Q1"]


def test_old_quotations_are_forgotten() -> None:
    voices = Voices()
    first, later = weighed(said("a1", FULL), said("a2", FULL, day=109))
    voices.join(first)
    voices.forget(before=102)
    assert voices.join(later).strand == "a2#Q1"


RELATIONS = [
    (FULL, "direct", Relation.VERBATIM),
    (FULL.replace("أي", "أيّ"), "indirect", Relation.VERBATIM),
    (SHORT, "direct", Relation.SHORTENED),
    (f"{FULL} مهما كان الثمن، ولن يمنعها عن ذلك أحد", "direct", Relation.EXTENDED),
    (REWORDED, "direct", Relation.REWORDED),
    (REWORDED, "mixed", Relation.REWORDED),
    (REWORDED, "indirect", Relation.REPORTED),
]


@pytest.mark.parametrize(("content", "kind", "expected"), RELATIONS)
def test_relation(content: str, kind: str, expected: Relation) -> None:
    assert relation_of(said("a1", FULL), said("a2", content, kind=kind)) is expected


def test_alignment_shows_the_words_as_written() -> None:
    steps = align("لن نقبل أي اعتداء على «قرية النخيل» أبدا", "لن نقبل الاعتداء على قريةِ النخيل")
    assert steps == [
        Step(Change.SAME, "لن نقبل", "لن نقبل"),
        Step(Change.LEFT_OUT, "أي", ""),
        Step(Change.CHANGED, "اعتداء", "الاعتداء"),
        Step(Change.SAME, "على «قرية النخيل»", "على قريةِ النخيل"),
        Step(Change.LEFT_OUT, "أبدا", ""),
    ]


def test_alignment_of_equal_and_of_empty_wordings() -> None:
    assert align(FULL, FULL) == [Step(Change.SAME, FULL, FULL)]
    assert align("", "نعم") == [Step(Change.ADDED, "", "نعم")]
    assert align("", "") == []
