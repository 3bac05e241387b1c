"""Why something was found: the rule or model score behind it, and what else it might have been.

Each step of the reader has one function here that looks at the filled document again and gives one Reason for
each thing found. Nothing is decided here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from masdar.gazetteer.evidence import gather
from masdar.labels import LAYERS
from masdar.reader import Reader
from masdar.spoken import find_spoken
from masdar.steps.actors import ActorCandidate, ActorContext, candidates, code_places, happening_at
from masdar.steps.places import is_place_name
from masdar.steps.quotations import LEAST_CUE
from masdar.types import Document, Place, Provenance, Quotation, Span

SHOWN = 4  # alternatives of one thing
LEAST = 0.02  # of an alternative that is worth a look
ALMOST = 0.15  # of a word that was nearly taken for a cue


@dataclass(frozen=True, slots=True)
class Other:
    """Something it might have been, and how much spoke for it."""

    words: str
    score: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing found: its words, what it was taken for, by which rule, and what else was weighed, by question."""

    words: str
    answer: str
    provenance: Provenance
    others: dict[str, list[Other]] = field(default_factory=dict)
    content: str = ""


def explain(reader: Reader, doc: Document, step: str) -> Iterator[Reason]:
    """The reasons of one step."""
    return STEPS[step](reader, doc)


def mentions(_reader: Reader, doc: Document) -> Iterator[Reason]:
    """The label of each naming and the other labels of its first word."""
    for mention in doc.mentions:
        others = {"label": labels(doc, mention.form.value, word_at(doc, mention.span.start))}
        yield Reason(doc.slice(mention.span), f"{mention.type.value} {mention.form.value}", mention.provenance, others)


def entities(_reader: Reader, doc: Document) -> Iterator[Reason]:
    """The namings that were put together."""
    for entity in doc.entities:
        said = Counter((doc.slice(mention.span), mention.form.value) for mention in entity.mentions)
        sure = {doc.slice(mention.span): mention.provenance.score for mention in entity.mentions}
        others = [Other(words, sure[words], f"{form}, {times} times") for (words, form), times in said.items()]
        first = entity.mentions[0].provenance if entity.mentions else Provenance("entities.country")
        yield Reason(entity.name, f"{entity.id} {entity.type.value}", first, {"mentions": others})


def actors(reader: Reader, doc: Document) -> Iterator[Reason]:
    """What each rule proposed as the code of an entity; the first country and the first sectors have won."""
    bare = [replace(one, country=None, sectors=(), wikidata=None, name_latin=None) for one in doc.entities]
    context = ActorContext(doc.text, reader.actors, reader.gazetteer, doc.article.published, doc.places)
    context = happening_at(code_places(bare, context).values(), context)
    for entity, uncoded in zip(doc.entities, bare, strict=True):
        ranked = candidates(uncoded, context)
        best = ranked[0] if ranked else ActorCandidate("none", None, (), 0.0)
        others = [Other(code_of(one.country, one.sectors), one.score, described(one, reader)) for one in ranked]
        made_by = Provenance(f"actors.{best.rule}", best.score)
        yield Reason(entity.name, code_of(entity.country, entity.sectors), made_by, {"proposed": others})


def described(candidate: ActorCandidate, reader: Reader) -> str:
    """The rule of a candidate and the known actor behind it."""
    actor = candidate.actor
    is_own = actor is not None and actor.name in {own.name for own in reader.own.actors.values()}
    rule = "overrides" if is_own else candidate.rule
    return f"{rule}, {actor.name}" if actor else rule


def code_of(country: str | None, sectors: Sequence[str]) -> str:
    """SYR GOV MIL, or that there is none."""
    return " ".join(filter(None, (country, *sectors))) or "no code"


def places(reader: Reader, doc: Document) -> Iterator[Reason]:
    """The places of each name, by how likely they are on their own and what the article says for them."""
    named = [doc.folded.slice(mention.span) for mention in doc.mentions if is_place_name(mention)]
    evidence = gather(doc.folded.text, named, reader.gazetteer)
    for place in doc.places:
        found = reader.gazetteer.lookup(doc.folded.slice(place.span))
        ranked = sorted(found, key=lambda one: -(one.prior + evidence.of(one)))
        others = [
            Other(
                f"{one.name}, {one.country or 'no country'}, {one.kind}, {one.lat:.2f} {one.lon:.2f}",
                one.prior + evidence.of(one),
                f"alone {one.prior:.2f}, by the article {evidence.of(one):.2f}",
            )
            for one in ranked[:SHOWN]
        ]
        yield Reason(doc.slice(place.span), located(place), place.provenance, {"places of this name": others})


def located(place: Place) -> str:
    """SYR city 33.51 36.28."""
    if place.lat is None or place.lon is None:
        return "not known"
    country = place.country or " or ".join(place.claimed_by) or "no country"
    return f"{country} {place.resolution} {place.lat:.2f} {place.lon:.2f}"


def dates(_reader: Reader, doc: Document) -> Iterator[Reason]:
    """The value of each expression of time and the date it was reckoned from."""
    for time in doc.times:
        value = "/".join(filter(None, (time.value, time.end_value))) or "no value"
        by = f" from {time.resolved_by}" if time.resolved_by else ""
        yield Reason(doc.slice(time.span), f"{value} ({time.granularity}, {time.kind}{by})", time.provenance)


def quotations(_reader: Reader, doc: Document) -> Iterator[Reason]:
    """Each cue with its other stances and speakers; then the words that were nearly cues."""
    for quotation in doc.quotations:
        word = cue_of(doc, quotation)
        others = {
            "stance": labels(doc, "cue", word),
            "speaker": linked(doc, "speaker", word, leaving_out=quotation.contents),
        }
        cue = doc.slice(quotation.cue) if quotation.cue else "no cue"
        answer = f"{quotation.id} {quotation.kind.value} {quotation.stance.value}"
        yield Reason(cue, answer, quotation.provenance, others, doc.slice(quotation.span))
    yield from nearly_cues(doc)


def cue_of(doc: Document, quotation: Quotation) -> int:
    """The word of the cue; where a quotation has none, the colon or mark that stands for it."""
    if quotation.cue:
        return word_at(doc, quotation.cue.start)
    first = word_at(doc, quotation.span.start)
    return max(range(max(0, first - 3), first + 1), key=lambda word: 1 - float(doc.tags.layer("cue")[word, 0]))


def nearly_cues(doc: Document) -> Iterator[Reason]:
    """Words that the tagger half believed to introduce a quotation."""
    for word, token in enumerate(doc.tokens):
        score = float(1 - doc.tags.layer("cue")[word, 0])
        if ALMOST < score <= LEAST_CUE:
            made_by = Provenance("quotations.tagger", round(score, 3))
            yield Reason(doc.slice(token.span), "no cue", made_by, {"stance": labels(doc, "cue", word)})


def events(_reader: Reader, doc: Document) -> Iterator[Reason]:
    """Each trigger with its other types, and who else might have done or suffered it."""
    for event in doc.events:
        word = word_at(doc, event.span.start)
        others = {
            "type": labels(doc, "trigger", word),
            "certain": labels(doc, "certain", word),
            "actor": linked(doc, "actor", word),
            "recipient": linked(doc, "recipient", word),
        }
        answer = " ".join((event.id, event.type, *event.modes, *(status.value for status in event.status)))
        yield Reason(doc.slice(event.span), answer, event.provenance, others)


STEPS: dict[str, Callable[[Reader, Document], Iterator[Reason]]] = {
    "quotations": quotations,
    "events": events,
    "mentions": mentions,
    "entities": entities,
    "places": places,
    "dates": dates,
    "actors": actors,
}


def word_at(doc: Document, position: int) -> int:
    """The number of the word that a position lies in or after."""
    return max(0, bisect_right(doc.tokens, position, key=lambda token: token.span.start) - 1)


def labels(doc: Document, layer: str, word: int) -> list[Other]:
    """The likeliest labels of a word."""
    row = doc.tags.layer(layer)[word]
    named = [Other(label, float(chance)) for label, chance in zip(LAYERS[layer], row, strict=True)]
    return best(named)


def linked(doc: Document, link: str, word: int, leaving_out: Sequence[Span] = ()) -> list[Other]:
    """The entities that a word is likeliest linked to, and "nobody"."""
    spoken = find_spoken(doc.text, doc.entities, doc.tokens, doc.tags).words
    among = [
        number for number in sorted(spoken) if not any(span.holds(doc.tokens[number].span) for span in leaving_out)
    ]
    if not among:
        return []
    chances, nothing = doc.tags.chosen(link, word, among)
    weights: defaultdict[str, float] = defaultdict(float)
    for number, chance in zip(among, chances, strict=True):
        weights[spoken[number]] += float(chance)
    names = {entity.id: entity.name for entity in doc.entities}
    return best([*(Other(names[key], weight) for key, weight in weights.items()), Other("nobody", nothing)])


def best(others: Iterable[Other]) -> list[Other]:
    """The few that are worth a look, likeliest first."""
    return sorted((one for one in others if one.score >= LEAST), key=lambda one: -one.score)[:SHOWN]
