"""What rules say of unread articles, and whether a record says it already."""

from __future__ import annotations

from typing import Any

import pytest

from masdar.actors import ActorBase
from training.weak import is_in_record, weak_labels

TEXT = "وقال سيرغي لافروف: «سنرد على كل خطوة غير ودية». وزار الوفد القاهرة بحسب رويترز، ثم غادر."


@pytest.fixture(scope="module")
def base() -> ActorBase:
    return ActorBase.load()


def record(speakers: list[str]) -> dict[str, Any]:
    start = TEXT.index("سيرغي")
    mention = {"start": start, "end": start + len("سيرغي لافروف"), "form": "name"}
    first, last = TEXT.index("سنرد"), TEXT.index("»")
    cue = {"start": 1, "end": 4}
    said = {"cue": cue, "speakers": speakers, "contents": [{"start": first, "end": last}]}
    return {"entities": [{"id": "E1", "mentions": [mention]}], "quotations": [said]}


def test_a_cue_a_name_and_marks_are_a_quotation_and_a_name_after_bihasab_a_speaker(base: ActorBase) -> None:
    found = {weak.rule: weak for weak in weak_labels(TEXT, base)}
    assert TEXT[slice(*found["said"].name)] == "سيرغي لافروف"
    assert TEXT[slice(*(found["said"].cue or ()))] == "قال"
    assert TEXT[slice(*(found["said"].content or ()))] == "سنرد على كل خطوة غير ودية"
    assert TEXT[slice(*found["source"].name)] == "رويترز"


def test_two_names_before_the_colon_are_left_alone(base: ActorBase) -> None:
    text = TEXT.replace("سيرغي لافروف", "سيرغي لافروف لقناة الجزيرة")
    assert "said" not in {weak.rule for weak in weak_labels(text, base)}


def test_a_record_says_it_when_speaker_and_content_are_the_same(base: ActorBase) -> None:
    (said,) = (weak for weak in weak_labels(TEXT, base) if weak.rule == "said")
    assert is_in_record(said, record(["E1"]))
    assert not is_in_record(said, record([]))
