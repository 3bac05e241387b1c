"""Read the authored corpus: articles written for the project, annotated inline in XML.

    python -m training.authored check corpus/authored/*.xml

The form is described in docs/annotating.md and corpus/README.md. Reading gives the same dictionaries
(offsets and labels) as `training.notation` keeps for real articles, and the text besides.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from masdar.plover import MODES
from training.notation import ENTITY_TYPES, STANCES, STATUSES, TYPES, ZONES

FORMS = {"n": "name", "m": "nominal", "d": "demonym"}
KNOWN = {*FORMS, "cue", "nocue", "c", "who", "ev", "also", "t", "zone"}


class Walk:
    """Collects the text of an article and the spans of its elements, in order."""

    def __init__(self, root: ElementTree.Element) -> None:
        self.text = ""
        self.spans: list[tuple[ElementTree.Element, int, int]] = []
        node = root.find("text")
        if node is None:
            raise ValueError("no <text>")
        self.text = (node.text or "").lstrip("\n")
        for child in node:
            self.element(child)
        self.text = self.text.rstrip()

    def element(self, node: ElementTree.Element) -> None:
        start = len(self.text)
        place = len(self.spans)
        self.text += node.text or ""
        for child in node:
            self.element(child)
        self.spans.insert(place, (node, start, len(self.text)))
        self.text += node.tail or ""


class Reading:
    """One authored article: its annotation with offsets, and what is wrong with it."""

    def __init__(self, path: Path) -> None:
        self.problems: list[str] = []
        root = ElementTree.parse(path).getroot()
        walk = Walk(root)
        self.text = walk.text
        self.head = {k: root.get(k) for k in ("id", "published", "source", "manner")}
        self.entities: dict[str, dict[str, Any]] = {
            e.get("id", ""): {
                "id": e.get("id"),
                "type": e.get("type"),
                "country": e.get("country") or None,
                "sectors": (e.get("sectors") or "").split(),
                "name": (e.text or "").strip(),
                "mentions": [],
            }
            for e in root.iter("entity")
        }
        self.quotations: dict[str, dict[str, Any]] = {}
        self.events: dict[str, dict[str, Any]] = {}
        self.dates: dict[str, dict[str, Any]] = {}
        self.zones: list[dict[str, Any]] = []
        for node, start, end in walk.spans:
            self.first(node, start, end)
        for node, start, end in walk.spans:
            self.second(node, start, end)
        self.finish()

    def wrong(self, message: str) -> None:
        self.problems.append(message)

    def names(self, value: str | None, where: str) -> list[str]:
        out = (value or "").split()
        for name in out:
            if name not in self.entities:
                self.wrong(f"{where}: {name} is no entity")
        return [n for n in out if n in self.entities]

    def first(self, node: ElementTree.Element, start: int, end: int) -> None:
        """Entities, zones, dates and the heads of quotations and events."""
        words = self.text[start:end]
        if node.tag not in KNOWN:
            self.wrong(f"unknown element <{node.tag}>")
        if words != words.strip() and node.tag != "zone":
            self.wrong(f"<{node.tag}> starts or ends with white space: {words!r}")
        if node.tag in FORMS:
            self.mention(node, start, end)
        elif node.tag == "zone" and node.get("kind") != "title":
            self.zone(node, start, end)
        elif node.tag == "t":
            value, _, last = (node.get("v") or "").partition("..")
            self.dates[node.get("id", "")] = {"span": (start, end), "value": value or None, "end_value": last or None}
        elif node.tag in ("cue", "nocue"):
            self.cue(node, start, end)

    def mention(self, node: ElementTree.Element, start: int, end: int) -> None:
        words = self.text[start:end]
        names = self.names(node.get("e"), words)
        if not names:
            self.wrong(f"<{node.tag}> without entity: {words}")
        for name in names:
            self.entities[name]["mentions"].append({"start": start, "end": end, "form": FORMS[node.tag]})

    def zone(self, node: ElementTree.Element, start: int, end: int) -> None:
        if node.get("kind") not in ZONES:
            self.wrong(f"zone {node.get('kind')}")
        self.zones.append({"kind": node.get("kind"), "start": start, "end": end})

    def cue(self, node: ElementTree.Element, start: int, end: int) -> None:
        name = node.get("id", "")
        stance = node.get("stance") or "assert"
        if stance not in STANCES:
            self.wrong(f"{name}: stance {stance}")
        if name in self.quotations:
            self.wrong(f"{name} twice")
        self.quotations[name] = {
            "id": name,
            "stance": stance,
            "cue": (start, end) if node.tag == "cue" else None,
            "contents": [],
            "speakers": self.names(node.get("by"), name),
            "speaker_span": None,
            "near": start,
            "unsaid": bool(node.get("unsaid")),
            "addressees": self.names(node.get("to"), name),
            "via": self.names(node.get("via"), name),
        }

    def second(self, node: ElementTree.Element, start: int, end: int) -> None:
        """What refers to something: contents, speakers, events."""
        if node.tag in ("c", "who"):
            quotation = self.quotations.get(node.get("q", ""))
            if quotation is None:
                self.wrong(f"<{node.tag}> of unknown quotation {node.get('q')}")
            elif node.tag == "c":
                quotation["contents"].append((start, end))
            else:
                quotation["speaker_span"] = (start, end)
        elif node.tag == "ev":
            self.event(node, start, end)
        elif node.tag == "also":
            if node.get("v") in self.events:
                self.events[node.get("v", "")]["also"].append((start, end))
            else:
                self.wrong(f"<also> of an event not yet told: {node.get('v')}")

    def event(self, node: ElementTree.Element, start: int, end: int) -> None:
        name, kind = node.get("id", ""), node.get("type", "")
        status = (node.get("status") or "").split()
        if kind not in TYPES or set(status) - STATUSES or name in self.events:
            self.wrong(f"{name}: type {kind}, status {status} (or twice)")
        modes = (node.get("mode") or "").split()
        if unknown := [mode for mode in modes if (kind, mode) not in MODES]:
            self.wrong(f"{name}: {kind} has no mode {' '.join(unknown)}")
        date = node.get("on")
        if date and date not in self.dates:
            self.wrong(f"{name}: on={date} is no <t>")
        self.events[name] = {
            "id": name,
            "type": kind,
            "modes": modes,
            "trigger": (start, end),
            "actors": self.names(node.get("a"), name),
            "recipients": self.names(node.get("r"), name),
            "places": self.where(node.get("at"), start, name),
            "date": self.dates[date]["span"] if date in self.dates else None,
            "status": status,
            "claimed_in": None,
            "certain": not node.get("uncertain"),
            "also": [],
        }

    def where(self, value: str | None, near: int, name: str) -> list[tuple[int, int]]:
        out = []
        for entity in self.names(value, f"{name} at"):
            spans = [(m["start"], m["end"]) for m in self.entities[entity]["mentions"] if m["form"] != "demonym"]
            if spans:
                out.append(min(spans, key=lambda s: abs(s[0] - near)))
        return out

    def finish(self) -> None:
        for entity in self.entities.values():
            entity["mentions"].sort(key=lambda m: (m["start"], m["end"]))
            if not entity["mentions"]:
                self.wrong(f"{entity['id']} {entity['name']} has no mention")
            if entity["type"] not in ENTITY_TYPES:
                self.wrong(f"{entity['id']}: type {entity['type']}")
        for quotation in self.quotations.values():
            near, unsaid = quotation.pop("near"), quotation.pop("unsaid")
            if not quotation["contents"]:
                self.wrong(f"{quotation['id']} has no content <c q=…>")
                continue
            if quotation["speakers"] and not unsaid and quotation["speaker_span"] is None:
                quotation["speaker_span"] = self.nearest(quotation, near)
        for event in self.events.values():
            at = event["trigger"][0]
            holding = [(b - a, q["id"]) for q in self.quotations.values() for a, b in q["contents"] if a <= at < b]
            event["claimed_in"] = min(holding)[1] if holding else None

    def nearest(self, quotation: dict[str, Any], near: int) -> tuple[int, int] | None:
        inside = quotation["contents"]
        spans = [
            (m["start"], m["end"])
            for s in quotation["speakers"]
            for m in self.entities[s]["mentions"]
            if m["form"] != "demonym" and not any(a <= m["start"] < b for a, b in inside)
        ]
        return min(spans, key=lambda s: abs(s[0] - near)) if spans else None

    def kept(self) -> dict[str, Any]:
        """The annotation, as training.notation gives it, with the text."""
        return {
            **self.head,
            "file": "authored",
            "text": self.text,
            "zones": self.zones,
            "entities": list(self.entities.values()),
            "quotations": list(self.quotations.values()),
            "events": list(self.events.values()),
            "dates": list(self.dates.values()),
        }

    def shown(self) -> str:
        """The annotation read back, in brief."""

        def cut(s: tuple[int, int] | None) -> str:
            return self.text[s[0] : s[1]] if s else "-"

        lines = [f"{len(self.text.split())} words, {len(self.entities)} entities"]
        lines += [
            f"{q['id']} {q['stance']} [{cut(q['cue'])}] {','.join(q['speakers'])} ({cut(q['speaker_span'])}): "
            + " ;; ".join(cut(c)[:60] for c in q["contents"])
            for q in self.quotations.values()
        ]
        lines += [
            f"{v['id']} {v['type']} [{cut(v['trigger'])}] {','.join(v['actors'])} → {','.join(v['recipients'])} "
            f"in {v['claimed_in']}"
            for v in self.events.values()
        ]
        return "\n".join(lines)


def main() -> int:
    bad = 0
    for name in sys.argv[2:]:
        try:
            reading = Reading(Path(name))
            problems, shown = reading.problems, reading.shown()
        except (ElementTree.ParseError, ValueError) as error:
            problems, shown = [str(error)], ""
        bad += bool(problems)
        print(f"== {Path(name).name}: {'OK' if not problems else 'ERRORS'}")
        print("\n".join(problems) if problems else shown)
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
