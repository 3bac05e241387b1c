"""Gives each entity its PLOVER code: country, sectors, and who it is in the base of known actors.

Each rule of `RULES` may propose a code; the best proposals win, country and sectors apart. Where no
rule has anything to propose the entity stays as it was: the program abstains rather than invents.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from masdar.actors import ActorBase, KnownActor, actor_key
from masdar.roles import COUNTRY, Countries, DescriptionReader, spellings
from masdar.text.latin import load_latin_names
from masdar.types import Entity, EntityType, Form, Place, Span

BASES_KEPT = 4
WORDS_BEFORE = 7  # a role before a name is seldom longer: وزير الدولة للشؤون الخارجية الإماراتي أنور قرقاش
BREAK = re.compile(r"[.،,؛:!؟?()\[\]«»\"“”\n]")
WORD = re.compile(r"\w+")
BEHIND = re.compile(r"[\"”»]? (ال\w+)")
# What has a country even where the text leaves it unsaid; outlets, companies and the like may have none.
# Organs of a state belong to the state spoken of, people and armed groups to the land where things happen.
OF_A_STATE = frozenset(("GOV", "MIL", "COP", "LEG", "JUD", "SPY", "PTY", "ELI"))
OF_THE_LAND = frozenset(("CVL", "REF", "REB", "OPP", "PRM"))
ABROAD = frozenset(("دول", "الدول", "دوليه", "دولي", "الدوليه", "اجنبيه", "غربيه", "غربيين", "غربيون", "الغرب"))
FEWEST_PLACES, ONE_COUNTRY = 3, 0.5  # mentions of places, and the share that one country must pass to be the scene
BODIES = (EntityType.PERSON, EntityType.ORGANIZATION)
PLACES = (EntityType.STATE, EntityType.LOCATION)


@dataclass(frozen=True, slots=True)
class ActorCandidate:
    """What one rule proposes for an entity."""

    rule: str
    country: str | None
    sectors: tuple[str, ...]
    score: float
    actor: KnownActor | None = None
    type: EntityType | None = None  # what the entity is, where that is not what the tagger took it for


@dataclass(frozen=True)
class ActorContext:
    """The article an entity stands in, and what its actors are coded with."""

    text: str
    base: ActorBase
    countries: Countries
    published: str | None = None
    places: tuple[Place, ...] = ()
    happens: tuple[str, ...] = ()  # the country of each mention of a place
    said: dict[tuple[str, Form], tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def place_at(self) -> Mapping[Span, Place]:
        """The place of each mention of one."""
        return {place.span: place for place in self.places}

    @cached_property
    def reader(self) -> DescriptionReader:
        """The reader of descriptions."""
        return reader_of(self.base, self.countries)

    @cached_property
    def named_countries(self) -> tuple[tuple[int, str], ...]:
        """Every country or demonym word of the text, with its position."""
        found = ((word.start(), self.reader.country_of_word(word[0])) for word in WORD.finditer(self.text))
        return tuple((position, country) for position, country in found if country)


@lru_cache(BASES_KEPT)
def reader_of(base: ActorBase, countries: Countries) -> DescriptionReader:
    """The one reader of a base and a gazetteer, for every article: it keeps what it has read."""
    return DescriptionReader(base, countries)


Rule = Callable[[Entity, ActorContext], ActorCandidate | None]


def code_entities(entities: Sequence[Entity], context: ActorContext) -> tuple[Entity, ...]:
    """The entities with country, sectors, romanised name and Wikidata identifier where known."""
    places = code_places(entities, context)
    context = happening_at(places.values(), context)
    return tuple(places.get(entity.id) or code(entity, candidates(entity, context)) for entity in entities)


def code_places(entities: Sequence[Entity], context: ActorContext) -> dict[str, Entity]:
    """The places among the entities, coded."""
    return {entity.id: code(entity, candidates(entity, context)) for entity in entities if entity.type in PLACES}


def happening_at(places: Iterable[Entity], context: ActorContext) -> ActorContext:
    """The context with the countries where things happen, which help to tell whose an unnamed group is."""
    found = [(mention.span, place.country) for place in places if place.country for mention in place.mentions]
    return replace(context, happens=tuple(country for _, country in sorted(found)))


def candidates(entity: Entity, context: ActorContext) -> list[ActorCandidate]:
    """Every rule's proposal, best first."""
    proposed = [found for rule in RULES if (found := rule(entity, context))]
    return sorted(proposed, key=lambda candidate: -candidate.score)


def code(entity: Entity, ranked: Sequence[ActorCandidate]) -> Entity:
    """The entity with the best country, the best sectors, and the identity of the best actor."""
    actor = next((candidate.actor for candidate in ranked if candidate.actor), None)
    country = next((candidate.country for candidate in ranked if candidate.country), None)
    sectors = next((candidate.sectors for candidate in ranked if candidate.sectors), ())
    return replace(
        entity,
        type=next((candidate.type for candidate in ranked if candidate.type), entity.type),
        country=entity.country or country,
        sectors=entity.sectors or sectors,
        wikidata=entity.wikidata or (actor.wikidata if actor else None),
        name_latin=entity.name_latin or (actor.latin if actor else None) or romanised(entity, country),
    )


def romanised(entity: Entity, country: str | None) -> str | None:
    """The name of a person word by word, as his country spells it; a description has none."""
    is_named = any(mention.form is Form.NAME for mention in entity.mentions)
    if entity.type is not EntityType.PERSON or not is_named:
        return None
    return load_latin_names().romanise(entity.name, entity.country or country)


# --- the words of an entity


def names(entity: Entity, context: ActorContext) -> tuple[str, ...]:
    """Its name, then the words of its name mentions, longest first."""
    return (entity.name, *(words for words in said(entity, Form.NAME, context) if words != entity.name))


def nominals(entity: Entity, context: ActorContext) -> tuple[str, ...]:
    """The words that describe it, longest first."""
    return said(entity, Form.NOMINAL, context)


def said(entity: Entity, form: Form, context: ActorContext) -> tuple[str, ...]:
    """The words of its mentions of one form, longest first: sorted once, since every rule asks."""
    key = (entity.id, form)
    if key not in context.said:
        spans = [mention.span for mention in entity.mentions if mention.form is form]
        words = {context.text[span.start : span.end] for span in spans}
        context.said[key] = tuple(sorted(words, key=lambda name: (-len(name), name)))
    return context.said[key]


def words_before(entity: Entity, context: ActorContext) -> Iterator[str]:
    """The words of the same clause before each of its name mentions."""
    for mention in entity.mentions:
        if mention.form is Form.NAME:
            before = BREAK.split(context.text[max(0, mention.span.start - 80) : mention.span.start])[-1]
            yield " ".join(before.split()[-WORDS_BEFORE:])


# --- rules


def disputed_entity(entity: Entity, context: ActorContext) -> ActorCandidate | None:
    """A partially recognised entity, by the table: أرض الصومال -> SOM [PRE]."""
    actor = context.base.disputed.get(actor_key(entity.name))
    if actor is None:
        return None
    return ActorCandidate("disputed_entity", actor.country, actor.sectors, 1.0, actor)


def state_by_name(entity: Entity, context: ActorContext) -> ActorCandidate | None:
    """A state named as such, unless the places step found another place: سوريا -> SYR [GOV]; not عمان in Jordan."""
    if entity.type is not EntityType.STATE:
        return None
    country = next(filter(None, (context.countries.find_country(actor_key(n)) for n in names(entity, context))), None)
    there = place_of(entity, context)
    if there and there.country not in (None, country):
        country = there.country if there.resolution == COUNTRY else None
    if country is None:
        return None
    state = context.base.sovereigns.get(country, country)
    return ActorCandidate("state_by_name", state, ("GOV",), 0.98, context.base.states.get(country))


def known_actor(entity: Entity, context: ActorContext) -> ActorCandidate | None:
    """A person or body of the base: حزب الله -> LBN [REB, PTY]."""
    if entity.type not in BODIES:
        return None
    for name in names(entity, context):
        actor = best_known(known_by_name(name, entity, context), entity, context)
        if actor:
            sectors = actor.sectors_on(context.published)
            return ActorCandidate("known_actor", actor.country, sectors, 0.95, actor)
    return None


def body_read_as_place(entity: Entity, context: ActorContext) -> ActorCandidate | None:
    """A body of the base whose name the tagger takes for a place that no place is: طالبان (Taliban), حماس (Hamas)."""
    if entity.type in BODIES or entity.country or place_of(entity, context):
        return None
    for name in names(entity, context):
        actor = best_known(context.base.find(name, EntityType.ORGANIZATION), entity, context)
        if actor:
            sectors = actor.sectors_on(context.published)
            return ActorCandidate("body_read_as_place", actor.country, sectors, 0.8, actor, actor.type)
    return None


def known_person_by_family(entity: Entity, context: ActorContext) -> ActorCandidate | None:
    """A family name that one person of the country bears: رئيس الوزراء العراقي العبادي."""
    if entity.type is not EntityType.PERSON:
        return None
    country = country_of_roles(entity, context)
    found = [
        actor
        for actor in context.base.find_family(entity.name)
        if actor.country == country and not actor.has_left(context.published)
    ]
    if country is None or len(found) != 1:
        return None
    sectors = found[0].sectors_on(context.published)
    return ActorCandidate("known_person_by_family", country, sectors, 0.8, found[0])


def role_of_person(entity: Entity, context: ActorContext) -> ActorCandidate | None:
    """The office that is said beside a person: وزير الدفاع السوري -> SYR [GOV, MIL]."""
    if entity.type is not EntityType.PERSON:
        return None
    descriptions = [*role_titles(entity), *nominals(entity, context)]
    return best_description("role_of_person", descriptions, context, 0.9)


def role_before_name(entity: Entity, context: ActorContext) -> ActorCandidate | None:
    """The office in the words before the name: قال وزير النفط العراقي جبار علي -> [GOV]."""
    if entity.type is not EntityType.PERSON:
        return None
    for before in words_before(entity, context):
        words = actor_key(before).split()
        for start in range(len(words)):
            role, after = context.reader.role_at(words, start)
            is_title = role and role.kind in ("office", "rank")
            if is_title and context.reader.ends_in_description(words, after):
                said = " ".join(words[start:])
                return best_description("role_before_name", [said], context, 0.7)
    return None


def rank_of_person(entity: Entity, context: ActorContext) -> ActorCandidate | None:
    """A rank: العميد محمد الخالد -> [MIL]."""
    if entity.type is not EntityType.PERSON or not entity.rank:
        return None
    return best_description("rank_of_person", [entity.rank], context, 0.6)


def described_body(entity: Entity, context: ActorContext) -> ActorCandidate | None:
    """A body or people by head noun and country: فصائل معارضة سورية -> SYR [REB]."""
    if entity.type is not EntityType.ORGANIZATION:
        return None
    descriptions = [*names(entity, context), *nominals(entity, context)]
    return best_description("described_body", descriptions, context, 0.85)


def described_person(entity: Entity, context: ActorContext) -> ActorCandidate | None:
    """A person whose name itself describes: جندي إسرائيلي -> ISR [MIL]."""
    if entity.type is not EntityType.PERSON:
        return None
    return best_description("described_person", [entity.name], context, 0.65)


def demonym_behind(entity: Entity, context: ActorContext) -> ActorCandidate | None:
    """The word right after a body or office says whose it is: [النظام] السوري, [الخارجية] الفرنسية."""
    if entity.type not in BODIES:
        return None
    for mention in entity.mentions:
        behind = BEHIND.match(context.text, mention.span.end)
        country = behind and context.countries.find_demonym(actor_key(behind[1]))
        if country and mention.form is not Form.DEMONYM:
            return ActorCandidate("demonym_behind", country, (), 0.82)
    return None


def place_by_name(entity: Entity, context: ActorContext) -> ActorCandidate | None:
    """A town or region, as the article means it or else by the likeliest place of its name: حلب -> SYR."""
    if entity.type not in PLACES:
        return None
    if there := place_of(entity, context):
        return ActorCandidate("place_by_name", there.country, (), 0.5)
    for name in names(entity, context):
        if found := context.countries.lookup(actor_key(name)):
            return ActorCandidate("place_by_name", found[0].country, (), 0.5)
    return None


def people_of_country(entity: Entity, context: ActorContext) -> ActorCandidate | None:
    """Nobody but members of a nation: تسعة أردنيين -> [CVL]."""
    if entity.type is not EntityType.ORGANIZATION:
        return None
    for description in (*names(entity, context), *nominals(entity, context)):
        words = actor_key(description).split()
        if any(context.countries.find_demonym(word) for word in words):
            return ActorCandidate("people_of_country", None, ("CVL",), 0.4)
    return None


def country_of_context(entity: Entity, context: ActorContext) -> ActorCandidate | None:
    """A body or office without its country, by the countries around it: البرلمان."""
    if entity.type not in BODIES or not entity.mentions:
        return None
    descriptions = [*role_titles(entity), *names(entity, context), *nominals(entity, context)]
    if any(ABROAD & set(actor_key(words).split()) for words in descriptions):
        return None
    read = [context.reader.read(words) for words in descriptions]
    sectors = {sector for found in read if found.word for sector in found.sectors}
    country = None
    if sectors & OF_THE_LAND:
        country = most_named(context.happens)
    if country is None and sectors & (OF_A_STATE | OF_THE_LAND):
        country = named_before(entity, context) or most_named([country for _, country in context.named_countries])
    return ActorCandidate("country_of_context", country, (), 0.3) if country else None


def country_of_scene(entity: Entity, context: ActorContext) -> ActorCandidate | None:
    """Anybody in an article that happens in one country: أحد السكان (a resident); not its guests, nor the press."""
    if entity.type not in BODIES or len(context.happens) < FEWEST_PLACES:
        return None
    descriptions = [*role_titles(entity), *names(entity, context), *nominals(entity, context)]
    if any(ABROAD & set(actor_key(words).split()) for words in descriptions):
        return None
    if any("JRN" in context.reader.read(words).sectors for words in descriptions):
        return None
    country, times = Counter(context.happens).most_common(1)[0]
    is_one = times > ONE_COUNTRY * len(context.happens)
    return ActorCandidate("country_of_scene", country, (), 0.2) if is_one else None


RULES: tuple[Rule, ...] = (
    disputed_entity,
    state_by_name,
    known_actor,
    body_read_as_place,
    role_of_person,
    described_body,
    known_person_by_family,
    role_before_name,
    described_person,
    rank_of_person,
    demonym_behind,
    place_by_name,
    people_of_country,
    country_of_context,
    country_of_scene,
)


# --- what the rules ask


def place_of(entity: Entity, context: ActorContext) -> Place | None:
    """What the places step found its names to be: the first that is somewhere."""
    found = (context.place_at.get(mention.span) for mention in entity.mentions)
    return next((place for place in found if place and place.lat is not None), None)


def role_titles(entity: Entity) -> Iterator[str]:
    """Each role of a person in words: title, organisation."""
    for role in entity.roles:
        yield " ".join(part for part in (role.title, role.organization) if part)


def country_said(entity: Entity, context: ActorContext) -> str | None:
    """The country that the roles and descriptions of a person name."""
    if entity.type is not EntityType.PERSON:
        return None
    found = (context.reader.read(words).country for words in (*role_titles(entity), *nominals(entity, context)))
    return next((country for country in found if country), None)


def country_of_roles(entity: Entity, context: ActorContext) -> str | None:
    """The country that the roles of a person, or the words before the name, name."""
    found = (context.reader.read(words).country for words in words_before(entity, context))
    return country_said(entity, context) or next((country for country in found if country), None)


def known_by_name(name: str, entity: Entity, context: ActorContext) -> tuple[KnownActor, ...]:
    """Actors of the base with this name, also behind a head noun or office (حركة حماس) or a particle (ولافروف)."""
    words = actor_key(name).split()
    if not words:
        return ()
    found = (context.base.find(words, entity.type) for words in (name, *spellings(words)))
    return next(filter(None, found), ()) or known_behind_role(words, entity, context)


def known_behind_role(words: Sequence[str], entity: Entity, context: ActorContext) -> tuple[KnownActor, ...]:
    """Actors of the name behind a head noun; a demonym is none: القوات العراقية is not the channel العراقية."""
    role, after = context.reader.role_at(words, 0)
    bare = " ".join(words[after:])
    if role is None or not bare or context.countries.find_demonym(bare):
        return ()
    return context.base.find(bare, entity.type)


def best_known(found: Sequence[KnownActor], entity: Entity, context: ActorContext) -> KnownActor | None:
    """Of several of one name: who is in office and of the country that the article says.

    None where the article says another country, or was published long before the first office:
    وزير الصحة الأردني محمد البشير is not the Syrian prime minister.
    """
    said = country_said(entity, context)
    fitting = [actor for actor in found if not actor.is_later_than(context.published) and actor.may_be_of(said)]
    ranked = sorted(
        fitting, key=lambda actor: (actor.country == said, actor.in_office(context.published)), reverse=True
    )
    return next(iter(ranked), None)


def best_description(
    rule: str, descriptions: Sequence[str], context: ActorContext, score: float
) -> ActorCandidate | None:
    """The first sectors and the first country that the descriptions give."""
    read = [context.reader.read(words) for words in descriptions]
    sectors = next((found.sectors for found in read if found.sectors), ())
    country = next((found.country for found in read if found.country), None)
    if not sectors and not country:
        return None
    return ActorCandidate(rule, country, sectors, score, None)


def named_before(entity: Entity, context: ActorContext) -> str | None:
    """The last country named in the paragraph before the first mention."""
    start = min(mention.span.start for mention in entity.mentions)
    paragraph = context.text.rfind("\n", 0, start)
    before = [country for position, country in context.named_countries if paragraph < position < start]
    return before[-1] if before else None


def most_named(countries: Sequence[str]) -> str | None:
    """The country that is named, or whose places are, most often; none where two are named as often."""
    named = Counter(countries).most_common(2)
    is_tie = len(named) == 2 and named[0][1] == named[1][1]
    return named[0][0] if named and not is_tie else None
