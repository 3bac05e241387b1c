"""A corrected article in the form of the training corpus (corpus/authored): XML around the words.

`python -m training.authored check` reads it back. Elements nest, so of two marks that cross the one that is less needed
is left out, and a comment in the file says which.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

Json = dict[str, Any]
FORMS = {"name": "n", "nominal": "m", "demonym": "d", "pronoun": "m"}
KEPT_ZONES = ("title", "byline", "dateline", "teaser", "boilerplate")
# which of two that cross stays, and which of two at one place is outside
ORDER = ("zone", "c", "who", "cue", "nocue", "ev", "t", "m", "n", "d")
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
LINE = {"\r": "&#13;"}


class Element(NamedTuple):
    """An element around a stretch of the text."""

    start: int
    end: int
    tag: str
    attributes: dict[str, str]


@dataclass(slots=True)
class Writing:
    """An article being written: its text without what XML cannot hold, and what had to be left out."""

    record: Json
    left_out: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The article's text; its places are those of the record."""
        return NO_XML.sub(REPLACEMENT, self.record["document"]["text"])


def to_xml(record: Json) -> str:
    """The article as a file of the corpus."""
    writing = Writing(record)
    document = record["document"]
    head = {"id": document["id"], "published": document["published"], "source": document["source"]}
    body = "".join(around(writing, nested(writing, elements(record))))
    lines = [
        f"<article {attributes(head | {'manner': 'corrected at the desk'})}>",
        *(entity_line(entity) for entity in record["entities"] if said_mentions(entity)),
        *(f"<!-- left out, since it crosses another: {escape(NO_XML.sub('', what)).replace('--', '- -')} -->"
          for what in writing.left_out),
        f"<text>\n{body}\n</text>",
        "</article>",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def attributes(values: dict[str, Any]) -> str:
    """Attributes of those values that are there."""
    return " ".join(
        f"{name}={quoteattr(NO_XML.sub(REPLACEMENT, str(value)))}"
        for name, value in values.items()
        if value not in (None, "")
    )


def entity_line(entity: Json) -> str:
    """<entity id="E1" type="PER" country="SYR" sectors="GOV">name</entity>"""
    is_named = any(mention["form"] in ("name", "demonym") for mention in entity["mentions"])
    values = attributes({"id": entity["id"], "type": entity["type"], "country": entity["country"]})
    name = escape(NO_XML.sub(REPLACEMENT, entity["name"])) if is_named else ""
    return f'<entity {values} sectors="{" ".join(entity["sectors"])}">{name}</entity>'


def said_mentions(entity: Json) -> list[Json]:
    """Its namings; the corpus has no pronouns, unless there is nothing else."""
    others = [mention for mention in entity["mentions"] if mention["form"] != "pronoun"]
    return others or entity["mentions"][:1]


def elements(record: Json) -> Iterator[Element]:
    """Everything that becomes an element."""
    there = {entity["id"] for entity in record["entities"] if said_mentions(entity)}
    for zone in record["document"]["zones"]:
        if zone["kind"] in KEPT_ZONES:
            yield Element(zone["start"], zone["end"], "zone", {"kind": zone["kind"]})
    for entity in record["entities"]:
        for mention in said_mentions(entity):
            yield Element(mention["start"], mention["end"], FORMS[mention["form"]], {"e": entity["id"]})
    for quotation in record["quotations"]:
        yield from of_quotation(quotation, there)
    for event in record["events"]:
        yield of_event(event, record, there)
    for date in record["dates"]:
        value = f"{date['value']}..{date['end_value']}" if date["end_value"] else date["value"] or ""
        yield Element(date["start"], date["end"], "t", {"id": date["id"], "v": value})


def of_quotation(quotation: Json, there: set[str]) -> Iterator[Element]:
    """Its cue, contents and the words for its speaker."""
    names = {
        name: " ".join(id for id in quotation[part] if id in there)
        for name, part in (("by", "speakers"), ("to", "addressees"), ("via", "via"))
    }
    stance = "" if quotation["stance"] == "assert" else quotation["stance"]
    unsaid = "1" if names["by"] and quotation["speaker_span"] is None else ""
    values = {"id": quotation["id"], "stance": stance, **names, "unsaid": unsaid}
    cue, first = quotation["cue"], quotation["contents"][0]["start"]
    if cue:
        yield Element(cue["start"], cue["end"], "cue", values)
    else:
        yield Element(first, first, "nocue", values)
    for content in quotation["contents"]:
        yield Element(content["start"], content["end"], "c", {"q": quotation["id"]})
    if span := quotation["speaker_span"]:
        yield Element(span["start"], span["end"], "who", {"q": quotation["id"]})


def of_event(event: Json, record: Json, there: set[str]) -> Element:
    """Its trigger."""
    entities = {place["id"]: place["entity"] for place in record["places"]}
    values = {
        "id": event["id"],
        "type": event["type"],
        "mode": " ".join(event["modes"]),
        "a": " ".join(id for id in event["actors"] if id in there),
        "r": " ".join(id for id in event["recipients"] if id in there),
        "at": " ".join(dict.fromkeys(id for place in event["places"] if (id := entities.get(place)) in there if id)),
        "on": event["date"] or "",
        "status": " ".join(event["status"]),
    }
    return Element(event["trigger"]["start"], event["trigger"]["end"], "ev", values)


def nested(writing: Writing, found: Iterable[Element]) -> list[Element]:
    """Elements that can stand in each other, outer ones first; those at one place with one meaning become one."""
    kept: list[Element] = []
    by_need = sorted(merged(trimmed(writing.text, found)), key=lambda one: (ORDER.index(one.tag), one.start, -one.end))
    for element in by_need:
        if any(crosses(element, other) for other in kept):
            words = writing.text[element.start : element.end]
            writing.left_out.append(f"<{element.tag} {attributes(element.attributes)}> {words}")
        else:
            kept.append(element)
    return sorted(kept, key=lambda one: (one.start, -one.end, ORDER.index(one.tag)))


def trimmed(text: str, found: Iterable[Element]) -> Iterator[Element]:
    """Without white space at their ends; what is nothing but that is left out."""
    for element in found:
        words = text[element.start : element.end]
        if element.tag in ("zone", "nocue"):
            yield element
        elif words.strip():
            start = element.start + len(words) - len(words.lstrip())
            yield element._replace(start=start, end=start + len(words.strip()))


def merged(found: Iterable[Element]) -> Iterator[Element]:
    """Namings of several entities at one place are one element: e="E1 E2"."""
    namings: dict[tuple[int, int, str], Element] = {}
    for element in found:
        if "e" not in element.attributes:
            yield element
            continue
        key = element[:3]
        before = namings.get(key)
        both = f"{before.attributes['e']} {element.attributes['e']}" if before else element.attributes["e"]
        namings[key] = element._replace(attributes={"e": both})
    yield from namings.values()


def crosses(left: Element, right: Element) -> bool:
    """Whether each begins or ends inside the other."""
    first, second = sorted((left, right), key=lambda one: (one.start, -one.end))
    return first.start < second.start < first.end < second.end


def around(writing: Writing, kept: list[Element]) -> Iterator[str]:
    """The text with its elements."""
    text, at = writing.text, 0
    open_ones: list[Element] = []
    for element in kept:
        while open_ones and open_ones[-1].end <= element.start:
            at = yield from closed(text, at, open_ones.pop())
        yield shown(text[at : element.start])
        at = element.start
        opening = f"<{element.tag} {attributes(element.attributes)}".rstrip()
        if element.start == element.end:
            yield f"{opening}/>"
        else:
            yield f"{opening}>"
            open_ones.append(element)
    while open_ones:
        at = yield from closed(text, at, open_ones.pop())
    yield shown(text[at:].rstrip())


def closed(text: str, at: int, element: Element) -> Generator[str, None, int]:
    """The rest of an element and its end; where it ends."""
    yield shown(text[at : element.end])
    yield f"</{element.tag}>"
    return max(at, element.end)


def shown(text: str) -> str:
    """Text fit for XML."""
    return escape(text, LINE)
