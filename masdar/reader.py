"""The straight line: Article → Document → Record. This file is the architecture diagram."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from masdar import __version__
from masdar.actors import ActorBase
from masdar.gazetteer import Gazetteer
from masdar.overrides import Overrides
from masdar.spoken import find_spoken
from masdar.steps.actors import ActorContext, code_entities
from masdar.steps.contexts import ContextWords, find_contexts, load_context_words
from masdar.steps.entities import (
    EntityWords,
    Known,
    actors_of_duals,
    find_duals,
    find_entities,
    load_entity_words,
    speakers_of_duals,
)
from masdar.steps.events import find_events
from masdar.steps.events.arguments import Scene
from masdar.steps.mentions import find_mentions
from masdar.steps.places import find_places
from masdar.steps.quotations import find_quotations, load_stances
from masdar.steps.quotations.speakers import DocumentWords, Speech, load_documents
from masdar.steps.sentences import find_sentences
from masdar.steps.times import TimeWords, find_times, load_time_words
from masdar.steps.tokens import find_tokens
from masdar.steps.zones import find_zones
from masdar.tagger import Tagger, as_int8
from masdar.text.fold import fold
from masdar.text.quotes import pair_marks
from masdar.types import Article, Document, Doubt, MadeBy, Meaning, Record, Span, Stance, Warned, Zone, ZoneKind


@dataclass(frozen=True, slots=True)
class Reader:
    """Everything needed to read: load once, pass around."""

    tagger: Tagger
    gazetteer: Gazetteer
    actors: ActorBase
    times: TimeWords
    entities: EntityWords
    stances: dict[str, Stance]
    documents: DocumentWords
    contexts: ContextWords
    own: Overrides = field(default_factory=Overrides)

    @classmethod
    def load(cls, threads: int = 0, overrides: Path | None = None) -> Self:
        """The reader with the words, places, actors and model that ship with masdar.

        Args:
            threads: of the model; 0 lets it use every core.
            overrides: a folder with the user's own decisions and bases, see masdar/overrides.py.

        Raises:
            ModelError, LexiconError: a shipped file is missing or from another version.
        """
        own = Overrides.load(overrides)
        places, actors = own.load_places(), own.load_actors()
        words = load_time_words(), load_entity_words(), load_stances(), load_documents(), load_context_words()
        return cls(Tagger(threads=threads), places, actors, *words, own)

    def read(self, article: Article) -> Record:
        """What the article says, as a record."""
        return self.record(self.document(article))

    def document(self, article: Article) -> Document:
        """The article with every layer filled, left to right."""
        doc = Document(article)
        doc.folded = fold(doc.text)
        doc.zones = find_zones(article)
        doc.sentences = find_sentences(doc.text, doc.zones)
        doc.tokens = find_tokens(doc.text, doc.folded)
        doc.marks = pair_marks(doc.text)
        doc.tags = self.tagger.read(doc.text, doc.tokens, doc.sentences, doc.marks)
        doc.mentions = self.own.typed(find_mentions(doc.text, doc.tokens, doc.tags, doc.zones), doc.text)
        doc.times = find_times(doc.text, doc.folded, self.times, article.published)
        doc.places = find_places(doc.mentions, doc.text, doc.folded, self.gazetteer)
        entities = find_entities(doc.text, doc.tokens, doc.tags, doc.mentions, Known(self.gazetteer, self.entities))
        context = ActorContext(doc.text, self.actors, self.gazetteer, article.published, doc.places)
        doc.entities = code_entities(entities, context)
        duals = find_duals(doc.text, doc.entities, self.entities)
        spoken = find_spoken(doc.text, doc.entities, doc.tokens, doc.tags)
        speech = Speech(doc.text, doc.tokens, doc.tags, doc.marks, self.stances, self.documents, spoken)
        doc.quotations = speakers_of_duals(find_quotations(speech, doc.zones), duals)
        scene = Scene(doc.text, doc.tokens, doc.tags, doc.sentences, spoken, doc.places, doc.times, doc.quotations)
        events = actors_of_duals(find_events(scene, doc.zones), duals)
        doc.events = find_contexts(events, doc.folded, doc.sentences, self.contexts)
        return doc

    def meaning_of(self, text: str) -> NDArray[np.int8]:
        """The vector of a few words or sentences, (MEANING,) of length 127: to be compared with those of articles."""
        zones = (Zone(ZoneKind.BODY, Span(0, len(text))),)
        tokens, sentences = find_tokens(text, fold(text)), find_sentences(text, zones)
        tags = self.tagger.read(text, tokens, sentences, pair_marks(text))
        return as_int8(tags.meanings.astype(np.float32).sum(axis=0))

    def record(self, doc: Document) -> Record:
        """The layers of a document that are kept, with what made them."""
        return Record(
            article=doc.article,
            zones=doc.zones,
            entities=doc.entities,
            quotations=doc.quotations,
            events=doc.events,
            places=doc.places,
            times=doc.times,
            warnings=tuple(warnings(doc)),
            made_by=made_by(self.tagger, self.gazetteer),
            meaning=Meaning(doc.sentences, doc.tags.meanings),
        )


def made_by(tagger: Tagger, gazetteer: Gazetteer) -> MadeBy:
    """The versions that stand in every record; an article whose record has others is out of date."""
    return MadeBy(f"masdar {__version__}", tagger.id, gazetteer.version)


def warnings(doc: Document) -> Iterator[Warned]:
    """What the reader of the record should know about the whole article."""
    if doc.article.published is None:
        yield Warned("no-publication-date", "no publication date: relative dates stay unresolved")
    if any(not pair.is_closed for pair in doc.marks):
        yield Warned("unclosed-quotation-mark", "a quotation mark is not closed")
    if any(Doubt.IMPOSSIBLE_DATE in time.provenance.doubts for time in doc.times):
        yield Warned("impossible-date", "a date that the calendar does not have")
