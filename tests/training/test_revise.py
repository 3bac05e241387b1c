"""A second reading of events: differences between a model and a reader become questions, answers become changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.training.made import bare_event
from training.data import Annotated
from training.revise import Revision, answers
from training.sheets import Suggestions

TEXT = "خبر\nقصفت القوات البلدة أمس. ودعا الوزير السفير إلى لقاء. وزار السفير المدينة."


def at(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


def mention(words: str) -> dict[str, object]:
    start, end = at(words)
    return {"start": start, "end": end, "form": "nominal", "text": words}


def event(name: str, kind: str, trigger: str, **more: object) -> dict[str, object]:
    return {"id": name, "claimed_in": None} | bare_event(kind, at(trigger)) | more


@pytest.fixture
def article() -> Annotated:
    """Troops shell a town; a minister invites an ambassador, who visits a city."""
    people = {"E1": "القوات", "E2": "البلدة", "E3": "الوزير", "E4": "السفير"}
    return {
        "id": "a1", "text": TEXT, "file": "made", "zones": [], "quotations": [], "dates": [],
        "entities": [
            {"id": name, "type": "PER", "country": None, "sectors": [], "mentions": [mention(words)]}
            for name, words in people.items()
        ],
        "events": [
            event("V1", "ASSAULT", "قصفت", actors=["E1"], recipients=["E2"]),
            event("V2", "REQUEST", "دعا", actors=["E3"], recipients=["E4"]),
        ],
    }  # fmt: skip


@pytest.fixture
def record() -> dict[str, object]:
    """What a model makes of it: another type, another actor, one event more, and nothing of the shelling."""

    def found(kind: str, trigger: str, actors: list[str]) -> dict[str, object]:
        start, end = at(trigger)
        where = {"start": start, "end": end, "text": trigger}
        return event("", kind, trigger) | {"trigger": where, "actors": actors, "confidence": 0.6}

    return {
        "entities": [{"id": "E9", "name": "السفير", "mentions": [mention("السفير")]}],
        "places": [],
        "dates": [],
        "events": [found("AGREE", "دعا", ["E9"]), found("CONSULT", "زار", ["E9"])],
    }


def test_a_sheet_asks_about_each_difference(article: Annotated, record: dict[str, object]) -> None:
    sheet = Suggestions(article, record).sheet()
    assert "⟦V1⟧قصفت" in sheet and "⟦M1⟧زار" in sheet
    assert "* V2: REQUEST, model AGREE (0.6)" in sheet
    assert "* V2: actors E3, model E4" in sheet
    assert "* M1: model only: CONSULT [زار] a=E4 r=-  (0.6)" in sheet
    assert "* V1: not seen by the model" in sheet


def revised(article: Annotated, record: dict[str, object], *lines: str) -> Revision:
    return Revision(article, Suggestions(article, record).events, lines)


def test_answers_change_the_events_they_name(article: Annotated, record: dict[str, object]) -> None:
    revision = revised(
        article, record,
        "V1 ?", "V2 AGREE | a=E3,E4 | st=future", "M1 + | r=E3", "V9 MOBILIZE/troops | [القوات] البلدة | a=E1 | ?",
    )  # fmt: skip
    assert revision.problems == []
    one, two, three, four = revision.events
    assert not one["certain"]
    assert (two["type"], two["actors"], two["status"]) == ("AGREE", ["E3", "E4"], ["future"])
    assert (three["id"], three["type"], three["actors"], three["recipients"]) == ("V3", "CONSULT", ["E4"], ["E3"])
    assert (four["type"], four["certain"]) == ("MOBILIZE", False)


def test_a_wording_joins_its_event_and_a_dropped_event_is_gone(article: Annotated, record: dict[str, object]) -> None:
    revision = revised(article, record, "M1 also V2", "V1 -")
    assert [(e["id"], e["also"]) for e in revision.events] == [("V2", [at("زار")])]
    both = revised(article, record, "M1 also V2", "V2 | also=[لقاء]")  # the second one seen by the reader alone
    assert [e["also"] for e in both.events if e["id"] == "V2"] == [[at("زار"), at("لقاء")]]


def test_an_entity_that_is_needed_gets_its_mentions(article: Annotated, record: dict[str, object]) -> None:
    revision = revised(article, record, "E9 GPE SYR GOV | - | nom: المدينة", "M1 + | r=E9")
    assert revision.problems == []
    assert revision.entities["E9"]["mentions"] == [
        {"start": at("المدينة")[0], "end": at("المدينة")[1], "form": "nominal"}
    ]
    assert revision.entities["E1"]["mentions"] == [mention("القوات")]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("V1 SHOOT", "type SHOOT"),
        ("V1 AGREE | a=E77", "E77 is no entity"),
        ("M1 + | a=E77", "E77 is no entity"),
        ("V1 | who=E1", "unknown: who"),
        ("M7 +", "'M7'"),
        ("M1 also V8", "V8 is no event"),
    ],
)
def test_a_wrong_answer_is_said_and_changes_nothing(
    article: Annotated, record: dict[str, object], line: str, said: str
) -> None:
    before = [dict(e) for e in article["events"]]
    revision = revised(article, record, line)
    assert len(revision.problems) == 1 and said in revision.problems[0]
    assert revision.events == before


def test_answers_are_read_article_by_article(tmp_path: Path) -> None:
    file = tmp_path / "001.fix"
    file.write_text("# remark\n@ a1\nV1 ?\n\n@ a2\n@ a3\nV2 -\n", "utf-8")
    assert [(name, lines) for _, name, lines in answers([file])] == [("a1", ["V1 ?"]), ("a2", []), ("a3", ["V2 -"])]
