"""Reports of one event, by small sentences; people, bodies and villages are invented."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from masdar.store.agreement import agreement, found
from masdar.store.days import Background
from masdar.store.loading import Loaded
from masdar.store.reports import (
    Party,
    Report,
    Spot,
    bag_of,
    distance,
    likeness_of_parties,
    likeness_of_spots,
    span_of_days,
    trigger_stem,
)
from masdar.store.stories import Strands, core
from masdar.store.words import Rarity, stems

FRONT = Party("ORG:SYR:جبهه الوادي", "ORG", "SYR", "REB", frozenset(["جبه", "واد"]))
COMMITTEE = Party("ORG:SYR:لجنه السهل", "ORG", "SYR", "REB", frozenset(["لجن", "سهل"]))
MINISTER = Party("PER:TUR:انس خالد", "PER", "TUR", "GOV", frozenset(["انس", "خالد"]))
VILLAGE = Spot(frozenset(["قري", "نخيل"]), None, 35.5, 36.2, "SYR", "city")
TOWN = Spot(frozenset(["بلد", "تين"]), None, 33.5, 36.3, "SYR", "city")
ATTACK = "قالت مصادر محلية إن مقاتلين من جبهة الوادي نفذوا [هجوما] على قرية النخيل"
SAME = "أفادت مصادر طبية بأن [هجوم] جبهة الوادي على قرية النخيل أوقع جرحى"
OTHER = "اتفق مزارعون في بلدة التين على [حملة] لجمع الزيتون قبل الشتاء"


def report(id: str, words: str, **more: object) -> Report:
    """A report of article `id`; its trigger stands in brackets."""
    start, end = words.index("["), words.index("]") - 1
    text = words.replace("[", "").replace("]", "")
    fields: dict[str, object] = {
        "id": f"{id}#V1",
        "article": int(id[1:]),
        "event": "V1",
        "source": f"outlet {id}",
        "published": "2024-03-13",
        "day": 100,
        "type": "ASSAULT",
        "trigger": trigger_stem(text[start:end]),
        "mode": "firearms",
        "actors": (FRONT,),
        "spots": (VILLAGE,),
        "raw": bag_of(text, (0, len(text)), (start, end)),
    }
    return Report(**fields | more)  # type: ignore[arg-type]


def weighed(*reports: Report) -> list[Report]:
    """Reports with their words weighed by a day on which these words are not all there is."""
    rarity = Rarity()
    for words in (ATTACK, SAME, OTHER, *(["كلام آخر عن الطقس"] * 5)):
        rarity.add(stems(words))
    return [each.weighed(rarity) for each in reports]


def strands(*reports: Report, apart: dict[str, frozenset[str]] | None = None) -> list[str]:
    """The strand that each report ends in."""
    last = Strands(apart or {})
    return [last.join(each).strand for each in weighed(*reports)]


def score(left: Report, right: Report) -> float:
    return agreement(*weighed(left, right)).score


def test_two_reports_of_one_attack_are_one_strand() -> None:
    assert strands(report("a1", ATTACK), report("a2", SAME)) == ["a1#V1", "a1#V1"]


def test_another_event_is_a_strand_of_its_own() -> None:
    assert strands(report("a1", ATTACK), report("a2", OTHER, actors=())) == ["a1#V1", "a2#V1"]


@pytest.mark.parametrize(
    "other",
    [
        {"type": "COERCE", "mode": None},
        {"mode": "unconventional"},
        {"spots": (TOWN,)},
        {"actors": (MINISTER,)},
        {"days": (60, 60)},
        {"day": 106},
    ],
    ids=["type", "mode", "place", "actor", "date", "days between"],
)
def test_what_differs_speaks_against(other: dict[str, object]) -> None:
    first, same = report("a1", ATTACK, days=(99, 99)), report("a2", SAME, days=(99, 99))
    assert score(first, report("a2", SAME, **{"days": (99, 99)} | other)) < score(first, same)


def test_a_date_far_apart_parts_even_the_same_words() -> None:
    first, later = report("a1", ATTACK, days=(99, 99)), report("a2", ATTACK, days=(20, 20))
    assert strands(first, later) == [
        "a1#V1",
        "a1#V1",
    ]  # one sentence, copied, is one event, whatever its date was read as
    assert score(first, later) < score(first, report("a2", ATTACK, days=(99, 99)))


def test_two_acts_of_one_sentence_are_two_events() -> None:
    seized = "قال الأهالي إن مسلحين [خطفوا] المعلم من قرية النخيل ثم احتجزوه في بيت مهجور"
    held = "قال الأهالي إن مسلحين خطفوا المعلم من قرية النخيل ثم [احتجزوه] في بيت مهجور"
    assert strands(report("a1", seized), report("a2", held)) == ["a1#V1", "a2#V1"]
    assert strands(report("a1", seized), report("a2", seized)) == ["a1#V1", "a1#V1"]


def test_what_was_told_before_it_happened_is_another_event() -> None:
    before, after = report("a1", ATTACK, day=100), report("a2", SAME, day=103, days=(102, 102))
    assert score(before, after) < score(report("a1", ATTACK, day=102), after)


def test_a_claim_and_an_account_of_the_outlet_are_one_event() -> None:
    assert strands(report("a1", ATTACK, is_claimed=True), report("a2", SAME)) == ["a1#V1", "a1#V1"]


def test_acts_of_speech_need_the_same_speaker_and_day() -> None:
    said = "[طالبت] لجنة السهل بوقف إطلاق النار قرب قرية النخيل"
    again = "[طالبت] لجنة السهل المجتمع الدولي بوقف إطلاق النار"
    fields: dict[str, object] = {"type": "REQUEST", "mode": "change", "spots": ()}
    first = report("a1", said, **fields | {"actors": (COMMITTEE,)})
    same = score(first, report("a2", again, **fields | {"actors": (COMMITTEE,)}))
    assert score(first, report("a2", again, **fields | {"actors": (MINISTER,)})) < same - 0.2
    assert score(first, report("a2", again, **fields | {"actors": (COMMITTEE,), "day": 104})) < same - 0.2


def test_strands_do_not_drift_from_event_to_event() -> None:
    """Each sentence shares half its words with the next; the last has nothing of the first."""
    chain = [
        report(f"a{at}", f"[هجوم] {' '.join(f'موضع{n}' for n in range(at * 2, at * 2 + 6))}", actors=(), spots=())
        for at in range(1, 7)
    ]
    assert len(set(strands(*chain))) > 1
    assert score(chain[0], chain[1]) > 0.3


def test_one_article_tells_an_act_once_unless_nearly_all_agrees() -> None:
    again = "قتل اثنان في [هجوم] على قرية النخيل"
    vague: dict[str, object] = {"actors": ()}
    first, second = report("a1", ATTACK), replace(report("a1", again, **vague), id="a1#V2", event="V2")
    assert strands(first, report("a2", again, **vague)) == ["a1#V1", "a1#V1"]
    assert strands(first, second) == ["a1#V1", "a1#V2"]
    assert strands(first, replace(first, id="a1#V2", event="V2")) == ["a1#V1", "a1#V1"]


def test_what_people_parted_stays_apart() -> None:
    apart = {"a2#V1": frozenset(["a1#V1"]), "a1#V1": frozenset(["a2#V1"])}
    assert strands(report("a1", ATTACK), report("a2", SAME), apart=apart) == ["a1#V1", "a2#V1"]


def test_a_report_that_fits_two_strands_ties_them() -> None:
    last = Strands({"a2#V1": frozenset(["a1#V1"]), "a1#V1": frozenset(["a2#V1"])})
    reports = weighed(report("a1", ATTACK), report("a2", SAME), report("a3", ATTACK), report("a4", SAME))
    assert [last.join(each).also for each in reports[:3]] == [(), (), ()]  # never what people parted
    free = Strands()
    free.put(reports[0], "a1#V1")
    free.put(reports[1], "a2#V1")
    assert free.join(reports[3]).also == ("a1#V1",)


def test_meaning_counts_where_both_have_it() -> None:
    one, other = np.eye(384, dtype=np.float32)[:2]
    plain = score(report("a1", ATTACK, spots=()), report("a2", SAME))
    assert score(report("a1", ATTACK, spots=(), vector=one), report("a2", SAME, vector=one)) > plain
    assert score(report("a1", ATTACK, spots=(), vector=one), report("a2", SAME, vector=other)) < plain


def test_one_act_on_one_spot_may_stand_among_other_things() -> None:
    one, other = np.eye(384, dtype=np.float32)[:2]
    plain = score(report("a1", ATTACK), report("a2", SAME))
    assert score(report("a1", ATTACK, vector=one), report("a2", SAME, vector=other)) == plain


def test_each_merge_says_why() -> None:
    last = Strands()
    joined = [last.join(each) for each in weighed(report("a1", ATTACK), report("a2", SAME))][1]
    assert joined.beside == "a1#V1"
    assert joined.why is not None
    told = {item.what: item for item in joined.why.evidence}
    assert told["trigger"].seen == "هجوم"
    assert told["words"].weight > 0
    assert "نخيل" in told["words"].seen


def test_no_evidence_without_weight_is_told() -> None:
    left, right = weighed(report("a1", ATTACK), report("a2", SAME))
    assert all(item.weight for item in agreement(left, right).evidence)
    assert len(list(found(left, right))) > len(agreement(left, right).evidence)


def test_old_reports_are_forgotten() -> None:
    last = Strands()
    first, later = weighed(report("a1", ATTACK), report("a2", SAME, day=103))
    last.join(first)
    last.forget(before=101)
    assert last.join(later).strand == "a2#V1"


def test_the_core_reaches_from_first_to_last() -> None:
    members = [f"a{at}" for at in range(30)]
    assert core(members)[0] == "a0"
    assert core(members)[-1] == "a29"
    assert "a3" not in core(members[:5], "a3")


PARTIES = [
    ((FRONT,), (FRONT,), 1.0),
    ((FRONT,), (MINISTER,), 0.0),
    ((FRONT,), (), None),
    ((Party("a1#E1", "PER", None),), (Party("a2#E1", "PER", None),), None),  # two strangers
]


@pytest.mark.parametrize(("left", "right", "expected"), PARTIES)
def test_likeness_of_parties(left: tuple[Party, ...], right: tuple[Party, ...], expected: float | None) -> None:
    assert likeness_of_parties(left, right) == expected


def test_a_capital_stands_for_its_state() -> None:
    state, capital = Party("Q1", "GPE", "SYR"), Party("GPE:SYR:دمشق", "GPE", "SYR")
    likeness = likeness_of_parties((state,), (capital,))
    assert likeness is not None
    assert 0.5 < likeness < 1


def test_spots() -> None:
    country = Spot(frozenset(["سور"]), country="SYR", resolution="country")
    assert likeness_of_spots((VILLAGE,), (VILLAGE,)) == 1.0
    assert likeness_of_spots((VILLAGE,), (TOWN,)) == -0.5
    assert likeness_of_spots((VILLAGE,), (country,)) is None
    assert likeness_of_spots((country,), (country,)) is None
    assert likeness_of_spots((VILLAGE,), (Spot(frozenset(["اخر"]), country="TUR"),)) == -1.0
    assert likeness_of_spots((), (TOWN,)) is None


def test_distance() -> None:
    assert distance(VILLAGE, TOWN) == pytest.approx(222.6, abs=1)
    assert distance(VILLAGE, Spot(frozenset())) is None


def test_only_days_tell_two_events_apart() -> None:
    assert span_of_days("2024-03-12", None) == (738957, 738957)
    assert span_of_days("2024-03-12T05", "2024-03-13") == (738957, 738958)
    assert span_of_days("2024-03", None) is None
    assert span_of_days("2024-W11", None) is None
    assert span_of_days(None, None) is None


def test_what_all_sentences_have_in_common_is_taken_off() -> None:
    rng = np.random.default_rng(3)
    common = rng.normal(size=384) * 3
    vectors = [(vector / np.linalg.norm(vector)).astype(np.float32) for vector in rng.normal(size=(300, 384)) + common]
    reports = [report("a1", ATTACK, vector=vector) for vector in vectors]
    background, loaded = Background(), Loaded(reports=reports)
    background.add(100, loaded)
    background.weigh(loaded)
    assert float(vectors[0] @ vectors[1]) > 0.8
    left, right = (each.vector for each in loaded.reports[:2])
    assert left is not None
    assert right is not None
    assert abs(float(left @ right)) < 0.3
