"""What the panel beside an article says of each thing found: a card with a head, rows of values, opinions on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from masdar.store.corrections import Judged, corrected
from masdar.store.corrections.anchors import span_of
from masdar.web.language import Words
from masdar.web.shown import plain
from masdar.web.states import country_name

Json = dict[str, Any]
LETTERS = {"Q": "quotations", "V": "events", "E": "entities", "P": "places", "T": "dates"}
# in which part of the desk's words the codes of a field are
PAGES = {
    ("quotations", "stance"): "stance",
    ("quotations", "kind"): "kind",
    ("events", "type"): "type",
    ("events", "modes"): "mode",
    ("events", "contexts"): "context",
    ("events", "status"): "status",
    ("entities", "type"): "entity",
    ("entities", "sectors"): "sector",
    ("places", "resolution"): "resolution",
    ("dates", "granularity"): "granularity",
}
ORDER = ("quotations", "events", "entities", "places", "dates")


class Link(NamedTuple):
    """A value: its words, the item or the place in the text it leads to, the day that the words mean."""

    text: str
    item: str = ""
    at: int | None = None
    day: str = ""


class Line(NamedTuple):
    """A field of an item, by the key of its name."""

    key: str
    values: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One thing found. `name` is what reviews call it: its id, or +1 for what a person added."""

    id: str
    name: str
    layer: str
    at: int  # where its words begin
    head: str
    kind: str  # type or stance
    look: str  # classes
    claim: str  # who claims it; empty if the article tells it itself
    lines: tuple[Line, ...]
    confidence: float | None
    judged: Judged | None

    @property
    def state(self) -> str:
        """unread, accept, reject, change, add or disputed."""
        return self.judged.state if self.judged else "unread"


@dataclass(frozen=True, slots=True)
class Sheet:
    """An article with what people say of it, ready to be shown."""

    record: Json  # corrected, with what was rejected
    items: Mapping[str, Judged]
    names: Mapping[str, str]  # +1 → Q4
    t: Words

    @classmethod
    def of(cls, record: Json, items: Mapping[str, Judged], t: Words) -> Sheet:
        """Lay the reviews over a record."""
        made, names = corrected(record, items, keep_rejected=True)
        return cls(made, items, names, t)

    def cards(self) -> dict[str, list[Card]]:
        """Every card, by layer."""
        return {layer: [self.card(layer, item) for item in self.record[layer]] for layer in ORDER}

    def find(self, name: str) -> Card | None:
        """The card of an item, by its id or as reviews call it."""
        id = self.names.get(name, name)
        layer = LETTERS.get(id[:1], "")
        return next((self.card(layer, item) for item in self.record.get(layer, ()) if item["id"] == id), None)

    def card(self, layer: str, item: Json) -> Card:
        """The card of an item."""
        id = item["id"]
        name = next((added for added, given in self.names.items() if given == id), id)
        judged = self.items.get(name)
        is_added = judged is not None and judged.added is not None
        return Card(
            id=id,
            name=name,
            layer=layer,
            at=span_of(layer, item)[0],
            head=plain(self.head(layer, item)),
            kind=self.kind(layer, item),
            look=self.look(layer, item),
            claim=self.claimer(item) if layer == "events" else "",
            lines=tuple(line for line in self.lines(layer, item) if line.values),
            confidence=None if is_added else item.get("confidence"),
            judged=judged,
        )

    def named(self, id: str) -> str:
        """What an item is called."""
        layer = LETTERS[id[0]]
        item = next((item for item in self.record[layer] if item["id"] == id), None)
        return plain(self.head(layer, item)) if item else id

    def head(self, layer: str, item: Json) -> str:
        """An item in a few words."""
        if layer == "quotations":
            return " … ".join(content["text"] for content in item["contents"])
        if layer == "events":
            return str(item["trigger"]["text"])
        return str(item["name"] if layer == "entities" else item["text"])

    def kind(self, layer: str, item: Json) -> str:
        """Its type, in the language of the page."""
        if layer == "quotations":
            return self.t(f"stance.{item['stance']}")
        if layer == "events":
            return self.t(f"type.{item['type']}")
        if layer == "entities":
            return self.t(f"entity.{item['type']}")
        if layer == "places":
            return country_name(item["country"], self.t.language)
        return str(item["value"] or self.t("card.unknown_date"))

    def look(self, layer: str, item: Json) -> str:
        """Classes: how its marks look."""
        if layer == "quotations":
            return f"said {item['kind']}"
        if layer == "events":
            return "event claimed" if item["claimed_in"] else "event told"
        return f"entity {item['type'].lower()}" if layer == "entities" else layer[:-1]

    def claimer(self, event: Json) -> str:
        """Who claims an event: the speakers of the quotation that holds it."""
        said = next((one for one in self.record["quotations"] if one["id"] == event["claimed_in"]), None)
        if said is None:
            return ""
        return self.t("card.list").join(self.named(id) for id in said["speakers"]) or self.t("card.somebody")

    def links(self, ids: list[str]) -> tuple[Link, ...]:
        """Other items."""
        return tuple(Link(self.named(id), id) for id in ids)

    def codes(self, page: str, codes: list[str]) -> tuple[Link, ...]:
        """Codes in the language of the page."""
        return tuple(Link(self.t(f"{page}.{code}")) for code in codes)

    def lines(self, layer: str, item: Json) -> Iterator[Line]:
        """Its fields."""
        return LINES[layer](self, item)

    def of_quotation(self, item: Json) -> Iterator[Line]:
        yield Line("speakers", self.links(item["speakers"]))
        yield Line("cue", words(item["cue"]))
        yield Line("addressees", self.links(item["addressees"]))
        yield Line("via", self.links(item["via"]))
        yield Line("kind", self.codes("kind", [item["kind"]]))
        held = [event["id"] for event in self.record["events"] if event["claimed_in"] == item["id"]]
        yield Line("events", self.links(held))

    def of_event(self, item: Json) -> Iterator[Line]:
        yield Line("actors", self.links(item["actors"]))
        yield Line("recipients", self.links(item["recipients"]))
        yield Line("modes", self.codes("mode", item["modes"]))
        yield Line("status", self.codes("status", item["status"]))
        yield Line("places", self.links(item["places"]))
        yield Line("date", self.date(item["date"]))
        yield Line("claimed_in", self.links([item["claimed_in"]] if item["claimed_in"] else []))
        yield Line("contexts", self.codes("context", item["contexts"]))
        yield Line(
            "codes", words_of(f"{item['type']} · quad {item['quad']} · {item['score']:+g} · CAMEO {item['cameo']}")
        )

    def date(self, id: str | None) -> tuple[Link, ...]:
        """A date with its value."""
        date = next((date for date in self.record["dates"] if date["id"] == id), None)
        return (Link(plain(date["text"]), date["id"], day=date["value"] or "?"),) if date else ()

    def of_entity(self, item: Json) -> Iterator[Line]:
        yield Line("name_latin", words_of(item["name_latin"]))
        yield Line("roles", tuple(Link(plain(role["title"])) for role in item["roles"]))
        yield Line("rank", words_of(item["rank"]))
        yield Line("country", words_of(country_name(item["country"], self.t.language)))
        yield Line("sectors", self.codes("sector", item["sectors"]))
        yield Line("wikidata", words_of(item["wikidata"]))
        spans = {mention["text"]: mention for mention in reversed(item["mentions"])}
        yield Line("mentions", tuple(Link(plain(text), at=spans[text]["start"]) for text in reversed(spans)))

    def of_place(self, item: Json) -> Iterator[Line]:
        yield Line("country", words_of(country_name(item["country"], self.t.language)))
        yield Line(
            "claimed_by", tuple(Link(country_name(code, self.t.language)) for code in item.get("claimed_by", ()))
        )
        yield Line("resolution", self.codes("resolution", [item["resolution"]] if item["resolution"] else []))
        has_point = item["lat"] is not None and item["lon"] is not None
        yield Line("point", words_of(f"{item['lat']:.3f}, {item['lon']:.3f}" if has_point else None))
        yield Line("geonameid", words_of(str(item["geonameid"]) if item["geonameid"] else None))
        yield Line("entity", self.links([item["entity"]] if item["entity"] else []))

    def of_date(self, item: Json) -> Iterator[Line]:
        yield Line("value", words_of(item["value"]))
        yield Line("end_value", words_of(item["end_value"]))
        yield Line("granularity", self.codes("granularity", [item["granularity"]]))
        by = item["resolved_by"]
        yield Line("resolved_by", words_of(self.t(f"resolved_by.{by}") if by else None))


LINES = {
    "quotations": Sheet.of_quotation,
    "events": Sheet.of_event,
    "entities": Sheet.of_entity,
    "places": Sheet.of_place,
    "dates": Sheet.of_date,
}


def words(span: Json | None) -> tuple[Link, ...]:
    """Words of the text."""
    return (Link(plain(span["text"]), at=span["start"]),) if span else ()


def words_of(value: str | None) -> tuple[Link, ...]:
    """A value that leads nowhere."""
    return (Link(value),) if value else ()
