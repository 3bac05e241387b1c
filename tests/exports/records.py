"""The records that the tests of exports write: invented articles, one of them as nasty as text can be."""

from __future__ import annotations

from typing import Any

from tests.store.records import date, entity, event, place, quotation, record, words

Json = dict[str, Any]

MEETING = (
    "قمة السلام\n"
    "استقبل وزير الخارجية المصري سامح البحيري في القاهرة نظيره التركي أورهان دينيز، وبحثا أزمة غزة.\n"
    "وقال البحيري لوكالة الضفة في تموز 2020 إن بلاده «لن تقبل التهجير» مضيفا: «ولا الحصار».\n"
    "ونفى دينيز أن تكون الأمم المتحدة قصفت المخيم."
)
# a tab, breaks of every kind, quotation marks, NUL, bidi marks, half a character, one beyond the first plane
NASTY = "أ\tب\r\nج\n\"د\" 'ه' ;,|\x00\u200f\u202bو\u202c\u2028ز\ud800 😀 \\N \\ #=1+1"
NASTY_NAME = 'لجنة\t"السهل"; الأولى'


def sides() -> Json:
    """Text TEXT: a committee, a front, a claim."""
    return record(
        "a1", title='لجنة السهل "تتهم"', url="https://example.org/1?q=أ ب", published="2024-03-13T01:30:00+03:00"
    )


def meeting() -> Json:
    """Two ministers meet; a content split by its cue; a denied event; a month; Gaza."""
    made = record("a2", MEETING, title="قمة السلام", published="2024-05-02", source="وكالة الضفة")
    text = MEETING
    egypt = {"title": "وزير الخارجية", "organization": "وزارة الخارجية", "country": "EGY"}
    minister, other = words(text, "سامح البحيري"), words(text, "أورهان دينيز")
    made["entities"] = [
        entity("E1", "PER", "سامح البحيري", [minister, words(text, "البحيري", 1)], country="EGY", sectors=["GOV"],
               roles=[egypt], wikidata="Q900001", name_latin="Sameh al-Buheiri"),
        entity("E2", "GPE", "القاهرة", [words(text, "القاهرة")], country="EGY", wikidata="Q900002", name_latin="Cairo"),
        entity("E3", "PER", "أورهان دينيز", [other, words(text, "دينيز", 1)], country="TUR", sectors=["GOV", "ELI"]),
        entity("E4", "GPE", "غزة", [words(text, "غزة")], country="PSE", name_latin="Gaza"),
        entity("E5", "ORG", "وكالة الضفة", [words(text, "وكالة الضفة")], sectors=["JRN"]),
        entity("E6", "ORG", "الأمم المتحدة", [words(text, "الأمم المتحدة")], country="UNO", name_latin="UN"),
        entity("E7", "FAC", "المخيم", [words(text, "المخيم") | {"form": "nominal"}]),
        entity("E8", "PER", "متحدث", []),
    ]  # fmt: skip
    made["quotations"] = [
        quotation("Q1", [words(text, "بلاده «لن تقبل التهجير»"), words(text, "ولا الحصار")], ["E1"], kind="mixed",
                  cue=words(text, "قال"), speaker_span=words(text, "البحيري", 1), addressees=["E5"], via=["E5", "E8"]),
        quotation("Q2", [words(text, "أن تكون الأمم المتحدة قصفت المخيم")], ["E3"], stance="deny", confidence=0.5),
    ]  # fmt: skip
    made["events"] = [
        event("V1", "CONSULT", words(text, "استقبل"), ["E1", "E3"], [], modes=["visit"], contexts=["diplomatic"],
              places=["P1"], date="T1"),
        event("V2", "REJECT", words(text, "تقبل"), ["E1"], [], date=None, claimed_in="Q1", status=["future"]),
        event("V3", "ASSAULT", words(text, "قصفت"), ["E6"], ["E7"], modes=["aerial", "explosives"],
              places=["P2", "P1"], status=["negated"]),
        event("V4", "SUPPORT", words(text, "بحثا"), [], [], contexts=["human_rights", "legal"], date="T1"),
    ]  # fmt: skip
    made["places"] = [
        place("P1", words(text, "القاهرة"), entity="E2", geonameid=360630, lat=30.0626, lon=31.2497, country="EGY",
              admin1="EG.11", resolution="city"),
        place("P2", words(text, "غزة"), entity="E4", geonameid=281133, lat=31.5, lon=34.4667, admin1="PS.GZ",
              resolution="area", claimed_by=["PSE", "ISR"], within="غزة"),
        place("P3", words(text, "المصري"), country="EGY", lat=27.0, lon=30.0, resolution="country"),
    ]  # fmt: skip
    made["dates"] = [
        date("T1", words(text, "تموز 2020"), "2020-07", granularity="month", kind="absolute", resolved_by=None),
        date("T2", words(text, "السلام"), None, granularity="period", kind="vague", resolved_by=None),
    ]
    zones = [("title", 0, 10), ("body", 11, len(text))]
    made["document"]["zones"] = [{"kind": kind, "start": start, "end": end} for kind, start, end in zones]
    return made


def nasty(text: str = NASTY) -> Json:
    """A text that no format likes, and one of everything that points at it."""
    made = record("a3", text, title=text, source=text, url=None, published=None)
    whole = {"start": 0, "end": len(text), "text": text}
    made["entities"] = [entity("E1", "ORG", text or "x", [whole], name_latin=NASTY_NAME, rank=text, roles=[
        {"title": text, "organization": None, "country": None}])]  # fmt: skip
    made["quotations"] = [quotation("Q1", [whole, whole], ["E1"], cue=whole, speaker_span=whole)]
    made["events"] = [event("V1", "PROTEST", whole, ["E1"], ["E1"], places=["P1"], date="T1")]
    made["places"] = [place("P1", whole, entity="E1", country="XKX", lat=-0.5, lon=0.0, within=text)]
    made["dates"] = [date("T1", whole, None)]
    made["warnings"] = [{"code": "no-publication-date", "message": text}]
    return made


def empty() -> Json:
    """An article in which nothing was found, without a date or an outlet."""
    return record("a4#odd id", "لا شيء", source=None, published=None)


def sample() -> list[Json]:
    """All of them."""
    return [sides(), meeting(), nasty(), empty()]
