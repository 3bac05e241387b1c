"""Whole articles come out right: figures over tests/golden never fall below benchmarks/floors.json."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks import quality
from benchmarks.articles import Json, golden_article, golden_digest, golden_files, load_golden
from benchmarks.gate import Floors, figures, load_floors, raised, read_all
from benchmarks.gsr import count
from benchmarks.invariants import violations
from benchmarks.report import END, START, rewritten
from benchmarks.score import ANSWERS, LAYERS, Item, Tally, score
from masdar.reader import Reader

FILES = golden_files()
FLOORS = load_floors()


def words(place: list[int] | tuple[int, int]) -> Json:
    return {"start": place[0], "end": place[1]}


def as_record(gold: Json) -> Json:
    """The record that a perfect reader would make of an annotated article."""
    dates = [{"id": f"T{n}", **words(one["span"]), "value": one["value"]} for n, one in enumerate(gold["dates"])]
    spots = [spot for event in gold["events"] for spot in event["places"]]
    return {
        "document": {"text": gold["text"]},
        "entities": gold["entities"],
        "quotations": [
            {**one, "contents": [words(c) for c in one["contents"]], "cue": one["cue"] and words(one["cue"])}
            for one in gold["quotations"]
        ],
        "events": [
            {
                **one,
                "trigger": words(one["trigger"]),
                "places": [f"P{spots.index(spot)}" for spot in one["places"]],
                "date": next((d["id"] for d in dates if words(one["date"] or (0, 0)).items() <= d.items()), None),
            }
            for one in gold["events"]
        ],
        "places": [{"id": f"P{n}", **words(spot)} for n, spot in enumerate(spots)],
        "dates": dates,
    }


@pytest.fixture(scope="module")
def reached() -> dict[str, float]:
    return figures(read_all(Reader.load(), load_golden())[0])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_golden_article_holds_together(path: Path) -> None:
    root = ElementTree.parse(path).getroot()
    assert root.get("why")
    assert 80 <= len(golden_article(path)["text"].split()) <= 250


def test_golden_articles_have_their_own_ids() -> None:
    ids = [article["id"] for article in load_golden()]
    assert len(ids) == len(set(ids)) >= 22


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_score_of_a_perfect_record(path: Path) -> None:
    gold = golden_article(path)
    assert {item.outcome for item in score(gold, as_record(gold))} == {"right"}


def test_score_of_an_empty_record() -> None:
    gold = golden_article(FILES[0])
    nothing: Json = {"entities": [], "quotations": [], "events": [], "places": [], "dates": []}
    items = score(gold, {"document": {"text": gold["text"]}, **nothing})
    assert {item.outcome for item in items} == {"missed"}
    assert sum(item.layer == "event" for item in items) == len(gold["events"])


def test_score_of_a_wrong_speaker() -> None:
    gold = golden_article(FILES[0])
    record = as_record(gold)
    record["quotations"] = [{**one, "speakers": ["E7"]} for one in record["quotations"]]
    got = figures({"G01": score(gold, record)})
    assert (got["quotation"], got["attributed"], got["speaker"]) == (1.0, 0.0, 0.0)


def test_floors_are_not_lowered_silently() -> None:
    floors = Floors(least={"event": 0.5})
    with pytest.raises(ValueError, match=r"refused to lower floors: event is 0\.400"):
        raised({"event": 0.4}, floors, allow_regression=False)
    assert raised({"event": 0.4}, floors, allow_regression=True) == {"event": 0.38}
    assert raised({"event": 0.51}, floors, allow_regression=False) == {"event": 0.5}
    assert raised({"event": 0.7}, floors, allow_regression=False) == {"event": 0.68}


def test_golden_articles_are_those_of_the_floors() -> None:
    assert FLOORS.digest == golden_digest(), "golden articles changed: python -m benchmarks.gate --update"


@pytest.mark.parametrize("name", [*LAYERS, *ANSWERS])
def test_golden_score_is_above_its_floor(name: str, reached: dict[str, float]) -> None:
    assert reached[name] >= FLOORS.least[name]


SOUND: Json = {
    "document": {"text": "وصل عباس", "zones": [{"kind": "body", "start": 0, "end": 8}]},
    "entities": [{"id": "E1", "sectors": ["GOV"], "mentions": [{"start": 4, "end": 8, "text": "عباس"}]}],
    "quotations": [],
    "events": [
        {
            "id": "V1",
            "type": "CONSULT",
            "quad": 1,
            "modes": ["visit"],
            "contexts": ["diplomatic"],
            "actors": ["E1"],
            "recipients": [],
            "places": [],
            "date": None,
            "claimed_in": None,
        }
    ],
    "places": [],
    "dates": [],
}
UNSOUND = [
    ("entities", {"id": "E1", "sectors": [], "mentions": [{"start": 4, "end": 7, "text": "عباس"}]}, "hold its text"),
    ("entities", {"id": "E1", "sectors": ["XXX"], "mentions": []}, "sector XXX"),
    ("events", {**SOUND["events"][0], "actors": ["E9"]}, "E9 is not in entities"),
    ("events", {**SOUND["events"][0], "modes": ["aerial"]}, "mode aerial of CONSULT"),
    ("events", {**SOUND["events"][0], "date": "T1"}, "T1 is not in dates"),
]


def test_sound_record_breaks_no_invariant() -> None:
    assert list(violations(SOUND)) == []


@pytest.mark.parametrize(("layer", "piece", "message"), UNSOUND)
def test_unsound_record_breaks_an_invariant(layer: str, piece: Json, message: str) -> None:
    found = list(violations({**SOUND, layer: [piece]}))
    assert len(found) == 1
    assert message in found[0]


def test_uncovered_text_breaks_an_invariant() -> None:
    document = {"text": "وصل عباس", "zones": [{"kind": "title", "start": 0, "end": 3}]}
    assert list(violations({**SOUND, "document": document})) == ["no zone covers the text from 3 on"]


CASES = [
    # gold label, found in the record, (right, false, missed)
    (True, True, (1, 0, 0)),
    (False, True, (0, 1, 0)),
    (True, False, (0, 0, 1)),
    (False, False, (0, 0, 0)),
]


@pytest.mark.parametrize(("is_gold", "is_found", "expected"), CASES)
def test_judged_sentence_is_counted(is_gold: bool, is_found: bool, expected: tuple[int, int, int]) -> None:
    counts = Tally()
    count(counts, is_gold=is_gold, is_found=is_found)
    assert (counts.right, counts.false, counts.missed) == expected


def test_changes_name_what_was_gained_and_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality, "OUT", tmp_path)
    texts = {"G1": "اجتمع الوزيران"}
    missed, right = (Item("event", "CONSULT", 0, 5, outcome) for outcome in ("missed", "right"))
    assert quality.changes("golden", {"G1": [missed]}, texts) is None
    gained = quality.changes("golden", {"G1": [right]}, texts)
    assert gained is not None
    assert gained["event"] == {"gained": 1, "lost": 0, "newly false": 0, "no longer false": 0}
    assert "+ G1 0 event CONSULT right: اجتمع" in (tmp_path / "golden.changes.txt").read_text(encoding="utf-8")


def test_report_replaces_what_stands_between_its_marks() -> None:
    page = f"# Quality\n\n{START}\n\nold figures\n\n{END}\n\nafter"
    new = rewritten(page)
    assert "old figures" not in new
    assert new.startswith("# Quality") and new.endswith(f"{END}\n\nafter")
    assert rewritten(new) == new
