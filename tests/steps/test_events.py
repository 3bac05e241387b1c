"""Which acts are kept, PLOVER's decision rules and the joining of wordings."""

import pytest

from masdar.labels import OFFSETS
from masdar.steps.events import claimed_in, find_triggers, joined, rule_applied, without_wordings
from masdar.types import Event, Provenance, Quotation, QuotationKind, Span, Status
from tests.steps.made import tags, word


def event(
    type: str, *status: Status, modes: tuple[str, ...] = (), at: int = 0, actors: tuple[str, ...] = ("E1",)
) -> Event:
    return Event(Span(at, at + 3), Provenance("test"), "", type, modes=modes, status=status, actors=actors)


@pytest.mark.parametrize(
    ("given", "type", "status"),
    [
        (event("AID", Status.FUTURE), "AGREE", ()),  # ستقدم مساعدات (will give aid)
        (event("CONSULT", Status.FUTURE, modes=("visit",)), "AGREE", ()),  # سيزور (will visit)
        (event("RETREAT", Status.FUTURE), "CONCEDE", (Status.FUTURE,)),  # ستنسحب (will withdraw)
        (event("ASSAULT", Status.HISTORICAL), "ASSAULT", (Status.HISTORICAL,)),
    ],
)
def test_future_acts_are_promises(given: Event, type: str, status: tuple[Status, ...]) -> None:
    found = rule_applied(given)
    assert (found.type, found.status) == (type, status)
    assert found.type != "AGREE" or found.modes == ()


def test_modes_belong_to_their_type() -> None:
    assert rule_applied(event("AID", modes=("visit",))).modes == ()


def test_same_act_of_the_same_actors_is_one_event() -> None:
    assert len(joined([event("ACCUSE"), event("ACCUSE", at=50)])) == 1
    assert len(joined([event("ACCUSE"), event("ACCUSE", at=50, actors=("E2",))])) == 2
    assert len(joined([event("ASSAULT", actors=()), event("ASSAULT", at=50, actors=())])) == 2


def test_event_is_claimed_in_the_innermost_quotation() -> None:
    def said(name: str, start: int, end: int) -> Quotation:
        span = Span(start, end)
        return Quotation(span, Provenance("test"), name, QuotationKind.INDIRECT, None, (span,))

    assert claimed_in(Span(20, 23), [said("Q1", 0, 90), said("Q2", 10, 40)]) == "Q2"
    assert claimed_in(Span(95, 98), [said("Q1", 0, 90)]) is None


@pytest.mark.parametrize(
    ("named", "certain", "is_kept"),
    [
        (0.9, 0.9, True),  # قصفت (shelled), the news itself
        (0.9, 0.2, False),  # الحرب (the war), mentioned in passing: surely an act, hardly one to keep
        (0.3, 1.0, False),
        (0.5, 0.9, True),
    ],
)
def test_acts_that_a_second_reader_could_leave_out_count_half_as_none(
    named: float, certain: float, is_kept: bool
) -> None:
    said = tags("قصفت", {})
    for layer, label, chance in (("trigger", 0, 1 - named), ("trigger", 1, named), ("certain", 1, certain)):
        said.labels[0, OFFSETS[layer][0] + label] = chance
    assert find_triggers(said) == ([0] if is_kept else [])


@pytest.mark.parametrize(
    ("repeats", "kept"),
    [
        ({}, ["قتل", "هجوم", "التفجير"]),
        ({("قتل", "هجوم"): 0.9}, ["هجوم", "التفجير"]),
        ({("قتل", "هجوم"): 0.9, ("هجوم", "قتل"): 0.6}, ["هجوم", "التفجير"]),  # each the other's wording
        ({("قتل", "هجوم"): 0.6, ("هجوم", "قتل"): 0.9}, ["قتل", "التفجير"]),
        ({("التفجير", "هجوم"): 0.8, ("هجوم", "قتل"): 0.7}, ["قتل"]),  # by way of one that goes too
    ],
)
def test_an_act_keeps_one_of_its_wordings(repeats: dict[tuple[str, str], float], kept: list[str]) -> None:
    text = "قتل جندي في هجوم بسيارة ووقع التفجير ظهرا"  # a soldier was killed in an attack … the explosion came at noon
    said = tags(text, {("repeat", *pair): weight for pair, weight in repeats.items()})
    triggers = [word(text, part) for part in ("قتل", "هجوم", "التفجير")]
    said.labels[triggers, OFFSETS["trigger"][0] + 1] = 1
    assert without_wordings(said, triggers) == [word(text, part) for part in kept]
