"""Small records for tests of what is done with records. People, bodies and events are invented.

Everything is in the form of docs/record.md; `words` finds the offsets, so that none need be counted.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

from masdar.plover import cameo, quad, score
from masdar.types import Meaning, Span

Json = dict[str, Any]

MADE_BY = {"program": "masdar test", "model": "model-1", "gazetteer": "places-1"}
TEXT = (
    "لجنة السهل تتهم جبهة الوادي\n"
    "قال المتحدث باسم لجنة السهل أنس خالد إن جبهة الوادي هاجمت قرية النخيل الثلاثاء. "
    "وأكد خالد أن اللجنة «لن تقبل الاعتداء»."
)


def words(text: str, sought: str, nth: int = 0) -> Json:
    """The nth place of some words in a text."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(sought, start + 1)
    return {"start": start, "end": start + len(sought), "text": sought}


def entity(id: str, type: str, name: str, mentions: list[Json], **more: Any) -> Json:  # noqa: ANN401
    """An entity; mentions are words() with a form, which is `name` unless given."""
    fields: Json = {"name_latin": None, "rank": None, "roles": [], "country": None, "sectors": [], "wikidata": None}
    named = [{"form": "name", **mention} for mention in mentions]
    return {"id": id, "type": type, "name": name, **fields, **more, "mentions": named}


def quotation(id: str, contents: list[Json], speakers: list[str], **more: Any) -> Json:  # noqa: ANN401
    """A quotation."""
    fields: Json = {"kind": "indirect", "cue": None, "speaker_span": None, "addressees": [], "via": []}
    fields |= {"stance": "assert", "confidence": 0.9}
    return {"id": id, "contents": contents, "speakers": speakers, **fields, **more}


def event(id: str, type: str, trigger: Json, actors: list[str], recipients: list[str], **more: Any) -> Json:  # noqa: ANN401
    """An event; quad, score and cameo follow from its type and modes."""
    fields: Json = {"modes": [], "contexts": [], "places": [], "date": None, "status": [], "claimed_in": None}
    made = {"id": id, "type": type, "trigger": trigger, "actors": actors, "recipients": recipients, **fields, **more}
    modes = tuple(made["modes"])
    codes: Json = {"quad": quad(type), "score": float(score(type, modes)), "cameo": cameo(type, modes)}
    return {**made, **codes, "confidence": 0.8}


def place(id: str, found: Json, **more: Any) -> Json:  # noqa: ANN401
    """A place mention."""
    fields = ("entity", "geonameid", "lat", "lon", "country", "admin1", "resolution", "within")
    return {"id": id, **found, **dict.fromkeys(fields), **more}


def date(id: str, found: Json, value: str | None, **more: Any) -> Json:  # noqa: ANN401
    """A date."""
    fields: Json = {"end_value": None, "granularity": "day", "kind": "relative", "resolved_by": "published"}
    return {"id": id, **found, "value": value, **fields, **more}


def record(id: str, text: str = TEXT, **document: Any) -> Json:  # noqa: ANN401
    """A record of an article. Of TEXT all layers are filled, of another text none; change what the test is about.

    Args:
        id: the article's.
        text: the article's.
        document: other fields of the document: published, source, url, title.
    """
    fields = {"title": None, "published": "2024-03-13", "source": "وكالة الوادي", "url": None} | document
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    zones = [{"kind": "body", "start": 0, "end": len(text)}]
    about = {"id": id, "text": text, **fields, "language": "ar", "sha256": digest, "zones": zones}
    layers = sample_layers(text) if text == TEXT else {layer: [] for layer in LAYERS}
    return {
        "schema": "masdar/record/1",
        "document": {key: about[key] for key in DOCUMENT},
        **layers,
        "warnings": [],
        "made_by": MADE_BY,
    }


DOCUMENT = ("id", "title", "text", "published", "source", "url", "language", "sha256", "zones")
LAYERS = ("entities", "quotations", "events", "places", "dates")


def sample_layers(text: str) -> dict[str, list[Json]]:
    """What TEXT says."""
    committee = [words(text, "لجنة السهل"), words(text, "لجنة السهل", 1), words(text, "اللجنة") | {"form": "nominal"}]
    khalid = [words(text, "أنس خالد"), words(text, "خالد", 1)]
    front = [words(text, "جبهة الوادي"), words(text, "جبهة الوادي", 1)]
    village = words(text, "قرية النخيل")
    spokesman = {"title": "المتحدث باسم لجنة السهل", "organization": "لجنة السهل", "country": "SYR"}
    return {
        "entities": [
            entity("E1", "ORG", "لجنة السهل", committee, country="SYR", sectors=["REB"], name_latin="Plain Committee"),
            entity("E2", "ORG", "جبهة الوادي", front, country="SYR", sectors=["REB", "MIL"]),
            entity("E3", "PER", "أنس خالد", khalid, country="SYR", sectors=["REB"], roles=[spokesman]),
            entity("E4", "GPE", "قرية النخيل", [village], country="SYR"),
        ],
        "quotations": [
            quotation(
                "Q1",
                [words(text, "جبهة الوادي هاجمت قرية النخيل الثلاثاء")],
                ["E3"],
                cue=words(text, "قال"),
                speaker_span=words(text, "أنس خالد"),
                stance="accuse",
            ),
            quotation(
                "Q2",
                [words(text, "اللجنة «لن تقبل الاعتداء»")],
                ["E3"],
                cue=words(text, "أكد"),
                speaker_span=words(text, "خالد", 1),
                kind="mixed",
                stance="deny",
            ),
        ],
        "events": [
            event("V1", "ACCUSE", words(text, "تتهم"), ["E1"], ["E2"], contexts=["military"]),
            event(
                "V2",
                "ASSAULT",
                words(text, "هاجمت"),
                ["E2"],
                ["E4"],
                contexts=["military"],
                places=["P1"],
                date="T1",
                claimed_in="Q1",
            ),
        ],
        "places": [place("P1", village, entity="E4", country="SYR", lat=35.5, lon=36.25, resolution="city")],
        "dates": [date("T1", words(text, "الثلاثاء"), "2024-03-12")],
    }


def meaning(record: Json, seed: int = 0) -> Meaning:
    """Vectors for the sentences of a record: random, but the same for the same seed."""
    text = record["document"]["text"]
    ends = [*(at + 1 for at, letter in enumerate(text) if letter in ".\n"), len(text)]
    spans = [Span(start, end) for start, end in zip([0, *ends], ends, strict=False) if end > start]
    vectors = np.random.default_rng(seed).normal(size=(len(spans), 384))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return Meaning(tuple(spans), (vectors * 127).round().astype(np.int8))
