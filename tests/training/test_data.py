"""What the tagger is taught: labels and links by word, out of an annotated article."""

from __future__ import annotations

from typing import Any

from masdar.labels import LAYERS
from masdar.steps.tokens import find_tokens
from masdar.text.fold import fold
from tests.training.made import bare_event
from training.data import IGNORED, Groups, Targets, labels_of, moved

TEXT = "اتهم سامر الحلبي القوات السورية. وقال الحلبي إنها قصفت حلب، وأضاف أن الهجوم مستمر."


def span(words: str, start: int = 0) -> list[int]:
    first = TEXT.index(words, start)
    return [first, first + len(words)]


def mention(words: str, form: str = "name", start: int = 0) -> dict[str, Any]:
    first, last = span(words, start)
    return {"start": first, "end": last, "form": form}


def event(kind: str, trigger: str, **more: object) -> dict[str, Any]:
    return bare_event(kind, span(trigger)) | more


def targets(*, certain: bool = False) -> Targets:
    entities = [
        {"id": "E1", "type": "PER", "mentions": [mention("سامر الحلبي"), mention("الحلبي", start=20)]},
        {"id": "E2", "type": "ORG", "mentions": [mention("القوات السورية", "nominal")]},
        {"id": "E3", "type": "GPE", "mentions": [mention("السورية", "demonym")]},
    ]
    said = {"stance": "assert", "speakers": ["E1"], "speaker_span": None, "addressees": [], "via": []}
    quotations = [said | {"cue": span("أضاف"), "contents": [span("الهجوم مستمر")]}]
    events = [
        event("ACCUSE", "اتهم", actors=["E1"], recipients=["E2", "E3"]),
        event("ASSAULT", "قصفت", actors=["E2"], certain=certain, also=[span("الهجوم")]),
    ]
    article = {"text": TEXT, "entities": entities, "quotations": quotations, "events": events}
    return Targets(article, find_tokens(TEXT, fold(TEXT)), [])


def words(groups: Groups, found: Targets) -> list[list[str]]:
    return [[TEXT[slice(found.tokens[w].span.start, found.tokens[w].span.end)] for w in group] for group in groups]


def test_any_mention_of_an_actor_is_right() -> None:
    found = targets()
    assert words(found.links["actor"][0], found) == [["سامر", "الحلبي"]]


def test_a_demonym_in_a_description_stands_for_its_country_only_where_nothing_else_does() -> None:
    found = targets()
    assert words(found.links["recipient"][0], found) == [["القوات"], ["السورية"]]


def test_an_unsaid_speaker_is_any_earlier_mention() -> None:
    found = targets()
    (cue,) = found.links["speaker"]
    assert words(found.links["speaker"][cue], found) == [["سامر", "الحلبي"]]


def test_a_mention_is_the_same_as_any_earlier_one() -> None:
    found = targets()
    assert sorted(words(g, found) for g in found.links["same"].values()) == [[], [], [["سامر"]]]


def test_whether_a_coder_could_leave_an_event_out_is_learnt_beside_its_type() -> None:
    found = targets()
    types = [LAYERS["trigger"][label] for label in found.labels["trigger"] if label]
    certain = [LAYERS["certain"][label] for label in found.labels["certain"] if label != IGNORED]
    once = [("ACCUSE", "certain"), ("ASSAULT", "uncertain")]
    assert list(zip(types, certain, strict=True)) == [*once, once[1]]  # the attack in both of its wordings


def test_who_sees_only_another_wording_of_an_act_is_referred_to_what_he_does_not_see() -> None:
    found = targets(certain=True)
    ((again, ((main,),)),) = ((row, groups) for row, groups in found.links["repeat"].items() if groups)
    whole = labels_of(found, 0, len(found.tokens))["certain"]
    assert whole[main] == whole[again] == 1
    part = labels_of(found, main + 1, len(found.tokens))["certain"]
    assert part[again - main - 1] == 0
    assert found.labels["certain"][again] == 1, "the article itself stays as it is"


def test_every_wording_of_an_act_is_linked_to_who_did_it() -> None:
    found = targets()
    (again,) = (row for row, groups in found.links["repeat"].items() if groups)
    assert TEXT[found.tokens[again].span.start :].startswith("الهجوم")
    assert words(found.links["repeat"][again], found) == [["قصفت"]]
    assert words(found.links["actor"][again], found) == [["القوات"]]


def test_links_out_of_a_window_are_left_out() -> None:
    rows: dict[int, Groups] = {5: ((2, 6), (1,)), 6: ((1,),), 7: (), 9: ((5,),)}
    assert dict(moved(rows, 4, 8)) == {1: ((2,),), 3: ()}
