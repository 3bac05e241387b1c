"""Sheets for a second reading of the events (training/revise.py): what is annotated, and where a model differs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from training.data import Annotated

EACH = 15  # articles of a sheet
Json = dict[str, Any]
NOTHING: Json = {"entities": [], "places": [], "dates": [], "events": []}  # the record of a blind sheet


def overlap(one: Iterable[int], other: Iterable[int]) -> bool:
    (a, b), (c, d) = one, other
    return a < d and c < b


def span_of(part: Json) -> tuple[int, int]:
    return part["start"], part["end"]


class Suggestions:
    """What the model has that the annotation has not, by name: M1, M2 …, in the annotation's own terms."""

    def __init__(self, article: Annotated, record: Json) -> None:
        self.article, self.record = article, record
        self.entities = {e["id"]: self.annotated(e) for e in record["entities"]}
        self.places = {p["id"]: list(span_of(p)) for p in record["places"]}
        self.dates = {d["id"]: list(span_of(d)) for d in record["dates"]}
        self.unseen = {e["id"] for e in article["events"]}
        self.questions: list[str] = []
        self.events: dict[str, Json] = {}
        for event in record["events"]:
            self.compare(self.put(event), event["confidence"])

    def annotated(self, entity: Json) -> str:
        """The annotated entity with whose mentions a model's entity shares most; its words where there is none."""
        spans = [span_of(m) for m in entity["mentions"]]
        shared = {
            e["id"]: sum(overlap(span_of(m), s) for m in e["mentions"] if m["form"] != "demonym" for s in spans)
            for e in self.article["entities"]
        }
        best = max(shared, key=lambda name: shared[name], default="")
        return best if best and shared[best] else f"«{entity['name'] or entity['mentions'][0]['text']}»"

    def put(self, event: Json) -> Json:
        """A model's event as an annotated one."""
        return {
            "type": event["type"],
            "modes": event["modes"],
            "trigger": list(span_of(event["trigger"])),
            "actors": [self.entities[e] for e in event["actors"]],
            "recipients": [self.entities[e] for e in event["recipients"]],
            "places": [self.places[p] for p in event["places"]],
            "date": self.dates.get(event["date"]),
            "status": event["status"],
            "claimed_in": None,
            "certain": True,
            "also": [],
        }

    def compare(self, event: Json, confidence: float) -> None:
        """Ask about an event of the model where the annotation says otherwise."""
        for own in self.article["events"]:
            if any(overlap(event["trigger"], w) for w in (own["trigger"], *own["also"])):
                self.unseen.discard(own["id"])
                if own["type"] != event["type"]:
                    self.questions.append(f"{own['id']}: {own['type']}, model {kind_of(event)} ({confidence})")
                for role in ("actors", "recipients"):
                    if set(own[role]) != set(event[role]) and overlap(event["trigger"], own["trigger"]):
                        said = ",".join(event[role]) or "-"
                        self.questions.append(f"{own['id']}: {role} {','.join(own[role]) or '-'}, model {said}")
                return
        name = f"M{len(self.events) + 1}"
        self.events[name] = event
        text = self.article["text"]
        words = text[slice(*event["trigger"])]
        self.questions.append(
            f"{name}: model only: {kind_of(event)} [{words}] a={','.join(event['actors']) or '-'} "
            f"r={','.join(event['recipients']) or '-'} {','.join(event['status'])} ({confidence})"
        )

    def sheet(self) -> str:
        """The article with its marks, what is annotated, and the questions."""
        text = self.article["text"]
        marks = [(e["trigger"][0], e["id"]) for e in self.article["events"]]
        marks += [(at[0], f"={e['id']}") for e in self.article["events"] for at in e["also"]]
        marks += [(e["trigger"][0], name) for name, e in self.events.items()]
        for at, name in sorted(marks, reverse=True):
            text = f"{text[:at]}⟦{name}⟧{text[at:]}"
        questions = [*self.questions, *(f"{name}: not seen by the model" for name in sorted(self.unseen))]
        return "\n".join(
            [f"@ {self.article['id']}", text, "--", *entities_of(self.article), "--", *events_of(self.article), "--"]
            + [f"* {q}" for q in questions if self.record is not NOTHING]
        )


def kind_of(event: Json) -> str:
    return "/".join([event["type"], *event["modes"]])


def entities_of(article: Annotated) -> Iterator[str]:
    text = article["text"]
    for entity in article["entities"]:
        words = dict.fromkeys(text[slice(*span_of(m))] for m in entity["mentions"] if m["form"] != "demonym")
        yield f"{entity['id']} {entity['type']} {entity['country'] or '-'}: {' / '.join(list(words)[:3])}"


def events_of(article: Annotated) -> Iterator[str]:
    text = article["text"]
    for event in article["events"]:
        places = " ; ".join(text[slice(*p)] for p in event["places"])
        parts = [
            f"{event['id']} {kind_of(event)} [{text[slice(*event['trigger'])]}]",
            f"a={','.join(event['actors']) or '-'} r={','.join(event['recipients']) or '-'}",
            f"at={places}" if places else "",
            f"on={text[slice(*event['date'])]}" if event["date"] else "",
            f"st={','.join(event['status'])}" if event["status"] else "",
            "" if event["certain"] else "?",
        ]
        yield " ".join(part for part in parts if part)


def write_sheets(found: list[Suggestions], into: Path) -> None:
    """Sheets of some articles each, beside what the model suggested; articles without a question are left out."""
    into.mkdir(parents=True, exist_ok=True)
    asked = [s for s in found if s.questions or s.unseen]
    first = 1 + len(list(into.glob("*.txt")))
    for number, at in enumerate(range(0, len(asked), EACH), first):
        part = asked[at : at + EACH]
        (into / f"{number:03}.txt").write_text("\n\n".join(s.sheet() for s in part) + "\n", "utf-8")
        (into / f"{number:03}.json").write_text(json.dumps({s.article["id"]: s.events for s in part}), "utf-8")
    print(f"{len(asked)} of {len(found)} articles, {sum(len(s.questions) + len(s.unseen) for s in asked)} questions")
