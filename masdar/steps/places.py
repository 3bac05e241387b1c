"""Find where in the world each place mention is.

Every name is offered to RULES in order. The first that finds it in the gazetteer wins; what the
words around the name and the whole article say decides between places of one name. A place that is
not known stays, unresolved, with the nearest known place of its sentence as container.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from masdar.gazetteer import Candidate, Gazetteer
from masdar.gazetteer.evidence import OBSCURE, Choice, Evidence, Wish, choose, credible, gather
from masdar.gazetteer.heads import HeadWords, load_heads
from masdar.gazetteer.spelling import without_proclitics
from masdar.text.fold import Folded, fold_word
from masdar.types import Doubt, EntityType, Form, Mention, Place, Provenance, Span

PLACE_TYPES = (EntityType.STATE, EntityType.LOCATION, EntityType.FACILITY)
WORD = re.compile(r"\w+")
TANWIN = re.compile("[\u064b-\u064d]")  # بيوتاً (houses): indefinite, which no name is
SENTENCE_END = re.compile(r"[.؟!\n]")
AROUND = 60  # characters of text before and after a name that are looked at
PART = re.compile(r"\s*[،,(/–-]\s*|\s+(?:في|وسط|قرب)\s+|\s+ب(?=ال|\w{3})")
RESOLUTIONS = {"country": "country", "division": "province"}
AREAS = {
    "region",
    "continent",
    "sea",
    "strait",
    "area",
    "island",
    "mountain",
    "river",
    "lake",
    "desert",
}
RULE_SCORES = {"unknown": 0.0, "inside_facility_name": 0.7, "without_particle": 0.8}
CAPITAL = "العاصمه"  # folded
WORLD_CITY = 6.0  # prior of a city of a million
LONELY = 0.7  # score of a town of a country that the article does not speak of
DOUBTFUL = 0.6  # score of a choice that a rival comes near


@dataclass(frozen=True, slots=True)
class Name:
    """A name to be resolved: its folded words, the words around it, what the article says."""

    text: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    wish: Wish
    evidence: Evidence
    gazetteer: Gazetteer
    heads: HeadWords
    is_noun: bool = False  # a common one, as its vowels say


@dataclass(frozen=True, slots=True)
class Found:
    """A resolved name: the key it was found by; resolution, container where not the place's own."""

    key: str
    choice: Choice
    resolution: str | None = None
    within: str | None = None


Rule = Callable[[Name], Found | None]


def find_places(mentions: Sequence[Mention], text: str, folded: Folded, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """One place for each mention that names a state, a location or a facility."""
    named = [mention for mention in mentions if is_place_name(mention)]
    heads = load_heads()
    evidence = gather(folded.text, [name_of(folded, m.span) for m in named], gazetteer)
    places: list[Place] = []
    for mention in named:
        before, after = words_around(folded, mention.span)
        words = text[mention.span.start : mention.span.end]
        wish, is_noun = heads.vocalised_wish(words), bool(TANWIN.search(words))
        bare = Name(name_of(folded, mention.span), before, after, wish, evidence, gazetteer, heads, is_noun)
        name = replace(bare, wish=wish | wish_around(bare))
        places.append(resolve(name, mention.span))
    return tuple(with_container(place, places, text) for place in places)


def is_place_name(mention: Mention) -> bool:
    """Whether the mention names a place, rather than describing one or its people."""
    return mention.form is Form.NAME and mention.type in PLACE_TYPES


def name_of(folded: Folded, span: Span) -> str:
    """The folded name, words of a hashtag apart: #الحدود_السورية -> الحدود السوريه."""
    return " ".join(folded.slice(span).replace("_", " ").split()).strip("#")


def words_around(folded: Folded, span: Span) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Folded words of the same sentence before and after a span."""
    start, end = folded.within(span)
    before = SENTENCE_END.split(folded.text[max(0, start - AROUND) : start])[-1]
    after = SENTENCE_END.split(folded.text[end : end + AROUND])[0]
    return tuple(WORD.findall(before)), tuple(WORD.findall(after))


def wish_around(name: Name) -> Wish:
    """What the neighbours ask: طرابلس اللبنانية; طرابلس، شمال لبنان; محافظة إدلب."""
    wish = Wish(kinds=name.heads.kinds_of(name.before[-1]) if name.before else frozenset())
    for word in (*name.after[:1], *name.before[-1:]):
        if iso3 := name.gazetteer.find_demonym(word):
            wish |= Wish(countries=frozenset({iso3}))
    return wish | wish_stated(name)


def wish_stated(name: Name) -> Wish:
    """The country or division said after the name: بلدة [كفر زيتا] في ريف حماة الشمالي."""
    for number, word in enumerate(name.after):
        if not name.heads.is_connector(word):
            return container_wish(word, name.gazetteer) if number else Wish()
    return Wish()


def container_wish(word: str, gazetteer: Gazetteer) -> Wish:
    """To be in the country or the division of this name."""
    if iso3 := gazetteer.find_country(word):
        return Wish(countries=frozenset({iso3}))
    candidates = gazetteer.lookup(word)
    if candidates and candidates[0].admin1:
        return Wish(divisions=frozenset({candidates[0].admin1}))
    return Wish()


def resolve(name: Name, span: Span) -> Place:
    """The place by the first rule that finds one; unresolved when none does."""
    for rule in RULES:
        if found := rule(name):
            return to_place(name, span, rule.__name__, found)
    return Place(span, Provenance("places.unknown", 0.0, (Doubt.UNKNOWN_PLACE,)))


def to_place(name: Name, span: Span, rule: str, found: Found) -> Place:
    """The place of a found candidate, its country left open where it is in dispute."""
    there = found.choice.candidate
    doubts = (Doubt.SEVERAL_PLACES,) if found.choice.is_rivalled else ()
    score = DOUBTFUL if doubts else min(RULE_SCORES.get(rule, 1.0), trust(name, there))
    country, claimed_by = settle(name.gazetteer, found.key, there)
    return Place(
        span,
        Provenance(f"places.{rule}", score, doubts),
        there.geonameid,
        there.lat,
        there.lon,
        country,
        there.admin1,
        found.resolution or resolution_of(there),
        found.within,
        claimed_by,
    )


def trust(name: Name, there: Candidate) -> float:
    """Less for a town of a country that nothing else in the article speaks of."""
    is_town = resolution_of(there) == "city" and there.prior < WORLD_CITY
    is_spoken_of = name.evidence.of(there) > 0 or name.wish.of(there) > 0
    return LONELY if is_town and not is_spoken_of else 1.0


def settle(gazetteer: Gazetteer, key: str, there: Candidate) -> tuple[str | None, tuple[str, ...]]:
    """Country and claimants of a place: الجولان -> None, (ISR, SYR)."""
    for dispute in gazetteer.disputes:
        if dispute.concerns(key, there.lat, there.lon, there.country):
            return dispute.country, () if dispute.country else dispute.claimed_by
    return there.country, ()


def resolution_of(there: Candidate) -> str:
    """How exact the coordinates are."""
    return "area" if there.kind in AREAS else RESOLUTIONS.get(there.kind, "city")


def pick(name: Name, key: str, wish: Wish | None = None) -> Found | None:
    """The best place of a key, by what is asked and by what the article says."""
    asked = name.wish | wish if wish else name.wish
    candidates = credible(name.gazetteer.lookup(key), name.evidence, asked)
    if not candidates:
        return None
    found = Found(key, choose(candidates, name.evidence, asked))
    is_province = "division" in asked.kinds and resolution_of(found.choice.candidate) == "city"
    return replace(found, resolution="province") if is_province else found


def with_word_before(name: Name) -> Found | None:
    """قطاع [غزة]، نهر [الأردن]، جبل [لبنان]: the word before belongs to the name."""
    for head in name.heads.as_head(name.before[-1]) if name.before else ():
        if found := pick(name, f"{head} {name.text}"):
            return found
    return None


def with_word_after(name: Name) -> Found | None:
    """[كوريا] الجنوبية، [الغوطة] الشرقية: the adjective after belongs to the name."""
    if name.after and name.after[0] in name.heads.tails:
        return pick(name, f"{name.text} {name.after[0]}")
    return None


def whole_name(name: Name) -> Found | None:
    """[دمشق]، [الولايات المتحدة]: the name stands in the gazetteer."""
    return pick(name, name.text)


def head_and_name(name: Name) -> Found | None:
    """[محافظة إدلب]، [مدينة حلب]، [مطار بيروت]: a head noun, then a name."""
    head, _, rest = name.text.partition(" ")
    kinds = name.heads.kinds_of(head)
    found = pick(name, rest, Wish(kinds=kinds)) if kinds and rest else None
    if found and "facility" in kinds and found.choice.candidate.kind not in kinds:
        return replace(found, within=rest)
    return found


def direction_and_name(name: Name) -> Found | None:
    """[جنوب غرب درعا]، [ريف حلب الشمالي]: somewhere about a named place."""
    words = name.text.split()
    start = next((n for n, word in enumerate(words) if word not in name.heads.areas), 0)
    while len(words) > start + 1 and words[-1] in name.heads.tails:
        words.pop()
    rest = " ".join(words[start:])
    if not rest or rest == name.text:
        return None
    found = pick(name, rest)
    return replace(found, resolution="area", within=rest) if found else None


def name_and_demonym(name: Name) -> Found | None:
    """[طرابلس الليبية]، [الشمال السوري]، [العاصمة السورية]: the country as an adjective."""
    rest, _, last = name.text.rpartition(" ")
    iso3 = name.gazetteer.find_demonym(last) if rest else None
    if not iso3:
        return None
    if rest in name.heads.before_demonyms:
        return inside_country(name, iso3)
    if rest == CAPITAL:
        rest = fold_word(name.gazetteer.countries[iso3].capital or rest)
    narrower = replace(name, text=rest, wish=name.wish | Wish(countries=frozenset({iso3})))
    rules = (whole_name, head_and_name, direction_and_name)
    found = next((found for rule in rules if (found := rule(narrower))), None)
    return found if found and found.choice.candidate.country == iso3 else None


def border_of_two(name: Name) -> Found | None:
    """[الحدود السورية التركية]، [الحدود العراقية - السورية]: halfway between two countries."""
    *rest, one, other = WORD.findall(name.text) if name.text.count(" ") > 1 else ("", "", "")
    codes = [iso3 for word in (one, other) if (iso3 := name.gazetteer.find_demonym(word))]
    if len(set(codes)) < 2 or " ".join(rest) not in name.heads.before_demonyms:
        return None
    first, second = (name.gazetteer.countries[iso3] for iso3 in codes)
    lat, lon = (first.lat + second.lat) / 2, (first.lon + second.lon) / 2
    there = Candidate(name.text, None, lat, lon, None, None, 0, "area")
    return Found(name.text, Choice(there, math.inf, False), "area")


def inside_country(name: Name, iso3: str) -> Found:
    """Somewhere in a country, at its point."""
    country = name.gazetteer.countries[iso3]
    there = Candidate(country.names[0], None, country.lat, country.lon, iso3, None, 0, "area")
    return Found(name.text, Choice(there, math.inf, False), "area", country.names[0])


def name_and_container(name: Name) -> Found | None:
    """[دبي، الإمارات]، [الزهراء في حمص]، [حي الوعر بحمص]: a name, then where it is."""
    first, *others = (part.strip(" )،") for part in PART.split(name.text) if part)
    if not others or not first:
        return None
    wish = container_wish(others[-1], name.gazetteer)
    narrower = replace(name, text=first, wish=name.wish | wish, after=())
    found = next((found for rule in BASIC_RULES if (found := rule(narrower))), None)
    if found and wish.of(found.choice.candidate):
        return found
    outer = pick(name, others[-1])
    return replace(outer, within=others[-1]) if outer else found


def inside_facility_name(name: Name) -> Found | None:
    """[مطار بيروت الدولي]، [سجن رومية المركزي]: the longest known name inside."""
    head, *words = name.text.split()
    if "facility" not in name.heads.kinds_of(head):
        return None
    for part in runs(words):
        if found := pick(name, part):
            return replace(found, within=part)
    return None


def runs(words: list[str]) -> Iterator[str]:
    """Runs of words, longest first, then leftmost."""
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])


def without_particle(name: Name) -> Found | None:
    """[وبغداد]، [بدمشق]، [للسعودية]: a particle was left on the name; not [ولاية] (a state), [بيوتاً] (houses)."""
    if name.is_noun or name.heads.is_common(name.text):
        return None
    for rest in without_proclitics(name.text):
        narrower = replace(name, text=rest)
        rules = () if name.heads.is_common(rest) else BASIC_RULES
        found = next((found for rule in rules if (found := rule(narrower))), None)
        if found and is_told(name, found):
            return found
    return None


def is_told(name: Name, found: Found) -> bool:
    """Whether a place that is read into a word is written just so, and known or in a country spoken of."""
    there = found.choice.candidate
    is_spoken_of = name.evidence.of(there) > 0 or name.wish.of(there) > 0
    is_known = there.prior >= WORLD_CITY or (there.prior >= OBSCURE and is_spoken_of)
    return is_known and (found.key == fold_word(there.name) or name.gazetteer.is_name(found.key))


BASIC_RULES: tuple[Rule, ...] = (
    with_word_before,
    with_word_after,
    whole_name,
    border_of_two,
    name_and_demonym,
    head_and_name,
    direction_and_name,
)
RULES: tuple[Rule, ...] = (
    *BASIC_RULES,
    name_and_container,
    inside_facility_name,
    without_particle,
)


def with_container(place: Place, places: list[Place], text: str) -> Place:
    """An unresolved place with the nearest known one: في [كفر كذا] بريف [إدلب]."""
    if place.lat is not None:
        return place
    near = [p for p in places if p.lat is not None and is_same_sentence(p.span, place.span, text)]
    if not near:
        return place
    nearest = min(near, key=lambda other: abs(other.span.start - place.span.start))
    return replace(place, within=text[nearest.span.start : nearest.span.end])


def is_same_sentence(one: Span, other: Span, text: str) -> bool:
    """Whether no sentence ends between two spans."""
    first, second = sorted((one, other))
    return not SENTENCE_END.search(text, first.end, second.start)
