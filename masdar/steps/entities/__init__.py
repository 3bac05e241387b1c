"""Gather the mentions of the same thing into entities.

Names are joined by their spelling (equal, a family name, a country's other name), nominals by the link that
the tagger draws to an earlier mention, demonyms to their country. Pronouns and unsaid subjects have no
mention: quotations and events link straight to the mention that they stand for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from masdar.steps.entities.duals import actors_of_duals, find_duals, speakers_of_duals
from masdar.steps.entities.names import is_same_name
from masdar.steps.entities.words import EntityWords, load_entity_words
from masdar.tagger import Tags
from masdar.text.fold import fold_word
from masdar.types import Entity, EntityType, Form, Mention, Provenance, Role, Token

__all__ = [
    "EntityWords",
    "Known",
    "actors_of_duals",
    "find_duals",
    "find_entities",
    "load_entity_words",
    "speakers_of_duals",
]

PLACES = frozenset({EntityType.STATE, EntityType.LOCATION, EntityType.FACILITY})
SHORTEST = 5  # letters of a family name that is taken wherever it stands: shorter ones are often words
SURE = 0.3  # of a link between two mentions, before they are one entity


class Countries(Protocol):
    """What entities need of the gazetteer."""

    def find_country(self, folded: str) -> str | None: ...
    def find_demonym(self, folded: str) -> str | None: ...
    def country_name(self, iso3: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beforehand: countries with their names, and the words of the lexicon."""

    countries: Countries
    words: EntityWords


@dataclass(slots=True)
class Cluster:
    """Mentions that are one entity, while they are being gathered."""

    type: EntityType
    mentions: list[Mention] = field(default_factory=list)
    names: list[str] = field(default_factory=list)  # folded
    country: str | None = None  # of a state

    def add(self, mention: Mention, folded: str) -> None:
        self.mentions.append(mention)
        if mention.form is Form.NAME:
            self.names.append(folded)


def find_entities(
    text: str, tokens: Sequence[Token], tags: Tags, mentions: Sequence[Mention], known: Known
) -> tuple[Entity, ...]:
    """Entities in order of appearance, each with all its mentions."""
    gathering = Gathering(text, tokens, tags, known)
    by_form = {form: [mention for mention in mentions if mention.form is form] for form in Form}
    for mention in by_form[Form.NAME]:
        gathering.name(mention)
    gathering.family_names(mentions)
    others = [mention for mention in by_form[Form.NOMINAL] if not gathering.office(mention)]
    for mention in others:
        gathering.nominal(mention)
    for mention in by_form[Form.NAME]:
        gathering.described(mention)
    for mention in by_form[Form.DEMONYM]:
        gathering.demonym(mention)
    clusters = sorted(gathering.clusters, key=lambda c: min(m.span for m in c.mentions))
    return tuple(gathering.entity(f"E{n}", cluster) for n, cluster in enumerate(clusters, 1))


class Gathering:
    """The clusters of one article as they grow."""

    def __init__(self, text: str, tokens: Sequence[Token], tags: Tags, known: Known) -> None:
        self.text = text
        self.tags = tags
        self.tokens = tokens
        self.countries, self.words = known.countries, known.words
        self.clusters: list[Cluster] = []
        self.at: dict[int, int] = {token.span.start: n for n, token in enumerate(tokens)}
        self.ends = [token.span.end for token in tokens]
        self.by_token: dict[int, Cluster] = {}

    def words_of(self, mention: Mention) -> str:
        """The words of a mention, with the article that ل before it has swallowed: لل[أمم المتحدة], الأمم المتحدة."""
        start, end = mention.span
        words = self.text[start:end]
        is_joined = self.text[max(0, start - 1) : start + 1] == "لل" and start not in self.at
        return f"ا{words}" if is_joined and self.has_article(mention, words) else words

    def has_article(self, mention: Mention, words: str) -> bool:
        """Whether a word after ل begins with the article, not with a ل of its own (لل[بنان], لل[افروف])."""
        first = words.split()[0]
        if self.countries.find_country(fold_word(first)):
            return False
        return mention.type is EntityType.ORGANIZATION or re.search(rf"ا{re.escape(first)}\b", self.text) is not None

    def folded(self, mention: Mention) -> str:
        words = fold_word(self.words_of(mention))
        return " ".join(re.sub(r"[\"“”«»'()]", " ", words).split())

    def token(self, mention: Mention) -> int:
        """The word in which a mention starts."""
        for start in range(mention.span.start, mention.span.start - 4, -1):
            if start in self.at:
                return self.at[start]
        return 0

    def put(self, cluster: Cluster, mention: Mention) -> None:
        if not cluster.mentions:
            self.clusters.append(cluster)
        cluster.add(mention, self.folded(mention))
        self.by_token[self.token(mention)] = cluster

    def name(self, mention: Mention) -> None:
        folded = self.folded(mention)
        country = self.countries.find_country(folded) if mention.type in PLACES else None
        cluster = next((c for c in self.clusters if is_same(c, mention, folded, country)), None)
        self.put(cluster or Cluster(mention.type, country=country), mention)

    def family_names(self, mentions: Sequence[Mention]) -> None:
        """Take a known person's family name for a mention where it stands alone: سامر العزام … وأكد [العزام]."""
        held = [mention.span for mention in mentions if mention.form is not Form.DEMONYM]
        families = {
            name.split()[-1]: cluster
            for cluster in self.clusters
            for name in cluster.names
            if cluster.type is EntityType.PERSON and len(name.split()) > 1
        }
        for token in self.tokens:
            cluster = families.get(token.folded)
            if cluster and len(token.folded) >= SHORTEST and not any(span.overlaps(token.span) for span in held):
                found = Mention(token.span, Provenance("entities.family_name"), EntityType.PERSON, Form.NAME)
                self.put(cluster, found)

    def office(self, mention: Mention) -> bool:
        """Put an office that stands before a name with that name; whether it did."""
        cluster = self.beside(mention)
        if cluster is not None:
            self.put(cluster, mention)
        return cluster is not None

    def nominal(self, mention: Mention) -> None:
        cluster = self.same_words(mention) or self.linked(mention)
        self.put(cluster or Cluster(mention.type), mention)

    def described(self, mention: Mention) -> None:
        """Join a name with the nominal before it that the tagger links it to.

        وصل وزير … وقال الحلبي (a minister arrived … Halabi said)
        """
        own = self.by_token[self.token(mention)]
        other = self.linked(mention)
        if other is None or other is own or other.names or other.type is not own.type:
            return
        for joined in other.mentions:
            self.put(own, joined)
        self.clusters = [cluster for cluster in self.clusters if cluster is not other]

    def beside(self, mention: Mention) -> Cluster | None:
        """The name that an office or a kind of body stands before.

        وزير الدفاع [العماد] علي عباس (minister of defence General Ali Abbas), صحيفة «الحدث» (the paper al-Hadath)
        """
        return next((c for c in self.clusters for other in c.mentions if self.stands_before(mention, c, other)), None)

    def stands_before(self, mention: Mention, cluster: Cluster, other: Mention) -> bool:
        between = self.text[mention.span.end : other.span.start]
        if (
            other.form is not Form.NAME
            or cluster.type is not mention.type
            or not 0 < len(between) < 30
            or "." in between
        ):
            return False
        if mention.type is EntityType.PERSON:
            return not fold_words(between) - self.words.ranks
        is_kind = self.folded(mention).removeprefix("ال") in self.words.bodies
        return mention.type is EntityType.ORGANIZATION and is_kind and not fold_words(between)

    def linked(self, mention: Mention) -> Cluster | None:
        """The mention that the tagger links this one to."""
        row = self.token(mention)
        others = [t for t, c in self.by_token.items() if t != row and is_like(c.type, mention.type)]
        if not others:
            return None
        chances, _ = self.tags.chosen("same", row, others)
        weights: dict[int, float] = {}
        for token, chance in zip(others, chances, strict=True):
            key = id(self.by_token[token])
            weights[key] = weights.get(key, 0.0) + float(chance)
        best = max(weights, key=lambda key: weights[key])
        return next(c for c in self.clusters if id(c) == best) if weights[best] > SURE else None

    def same_words(self, mention: Mention) -> Cluster | None:
        """An earlier definite nominal in the same words: المتحدث … المتحدث (the spokesman)."""
        folded = self.folded(mention)
        if not folded.startswith("ال") and " ال" not in folded:
            return None
        return next(
            (c for c in self.clusters if c.type is mention.type and any(self.folded(m) == folded for m in c.mentions)),
            None,
        )

    def demonym(self, mention: Mention) -> None:
        country = self.countries.find_demonym(self.folded(mention))
        cluster = next(
            (c for c in self.clusters if c.type is EntityType.STATE and country and c.country == country), None
        )
        self.put(cluster or Cluster(EntityType.STATE, country=country), mention)

    def entity(self, name: str, cluster: Cluster) -> Entity:
        mentions = tuple(sorted(cluster.mentions, key=lambda m: m.span))
        return Entity(
            id=name,
            type=cluster.type,
            name=self.display(cluster, mentions),
            mentions=mentions,
            rank=self.rank(mentions) if cluster.type is EntityType.PERSON else None,
            roles=tuple(self.roles(mentions)) if cluster.type is EntityType.PERSON else (),
        )

    def display(self, cluster: Cluster, mentions: Sequence[Mention]) -> str:
        """The fullest name; a state known by its demonym alone has its usual name; else the first nominal."""
        for form in (Form.NAME, Form.NOMINAL):
            words = [self.words_of(m) for m in mentions if m.form is form]
            if words and cluster.type is EntityType.STATE:
                return words[0]
            if words:
                return max(words, key=len) if form is Form.NAME else words[0]
        if cluster.country:
            return self.countries.country_name(cluster.country)
        return self.words_of(mentions[0])

    def rank(self, mentions: Sequence[Mention]) -> str | None:
        """The rank that stands right before a name: اللواء محمد باقري (Major General …)."""
        for mention in mentions:
            if mention.form is not Form.NAME:
                continue
            words = self.text[max(0, mention.span.start - 25) : mention.span.start].split()
            if words and fold_word(words[-1].strip('،"“«(')) in self.words.ranks:
                return words[-1].strip('،"“«(')
        return None

    def roles(self, mentions: Sequence[Mention]) -> list[Role]:
        """The offices among a person's nominals: more than one word, not "the minister"."""
        titles: list[str] = []
        for mention in mentions:
            words = self.text[mention.span.start : mention.span.end]
            if mention.form is Form.NOMINAL and " " in words and words not in titles:
                titles.append(words)
        return [Role(title) for title in titles]


def fold_words(words: str) -> set[str]:
    return {fold_word(word) for word in re.findall(r"\w+", words)}


def is_like(one: EntityType, other: EntityType) -> bool:
    """Whether two types may be one entity: people with people, places with places."""
    return one is other or (one in PLACES and other in PLACES) or {one, other} == {
        EntityType.ORGANIZATION, EntityType.STATE
    }  # fmt: skip


def is_same(cluster: Cluster, mention: Mention, folded: str, country: str | None) -> bool:
    """Whether a name belongs to a cluster."""
    if (cluster.type in PLACES) != (mention.type in PLACES):
        return False
    if country or cluster.country:
        return country == cluster.country
    if cluster.type is not mention.type and mention.type not in PLACES:
        return False
    return any(is_same_name(known, folded, mention.type) for known in cluster.names)
