"""From a query to what is asked of the index: forms of words, words of names, keys of actors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import product

from sqlalchemy import Connection, func, select

from masdar.store.identities import canonical
from masdar.store.search.codes import in_arabic
from masdar.store.search.index import All, Group, Match, Phrase, term
from masdar.store.search.places import places_called
from masdar.store.search.query import ACTORS, COUNTRY, NAMES, PHRASE, PREFIX, WORD, Box, Condition, Query
from masdar.store.search.terms import CELL, cell
from masdar.store.search.words import name_words, whole, words_of
from masdar.store.tables import actor_words, decisions
from masdar.text.lemmas import surfaces

SOURCE, PLACE = "source", "place"
MOST_ACTORS = 100  # that a name may mean; a name of more is looked for by its words only
MOST_CELLS = 300  # squares of the globe that are asked for; a larger box is only compared point by point
# what may be written onto the first word of a phrase: والقوات المسلحة, للقوات المسلحة
ATTACHED = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك")
ARTICLE, TO_THE = "ال", ("لل", "ولل", "فلل")
BEFORE_PREFIX = ("", "ال", "وال", "بال", "لل", "و", "ب", "ل")


def match_of(query: Query, connection: Connection) -> Match:
    """What is asked of the index."""
    every: list[Group] = []
    for group in query.every:
        every += either([asked(condition, connection) for condition in group])
    if query.box and (cells := cells_of(query.box)):
        every.append(cells)
    return Match(tuple(every), tuple(asked(condition, connection) for condition in query.none))


def either(alternatives: list[All]) -> All:
    """Groups that hold when all groups of one of the alternatives do: (a and b) or c is (a or c) and (b or c)."""
    return tuple(tuple(dict.fromkeys(p for group in chosen for p in group)) for chosen in product(*alternatives))


def asked(condition: Condition, connection: Connection) -> All:
    """One condition: groups of which each must hold."""
    field, value = condition.field, condition.value
    if field == WORD:
        return tuple(forms(word.folded, word.lemma) for word in words_of(value))
    if field == PHRASE:
        words = [word.folded for word in words_of(value)]
        return (phrases(words),) if words else ()
    if field == PREFIX:
        return tuple(beginnings(word.folded) for word in words_of(value)[:1])
    if field in NAMES:
        return named_in_any(condition, connection)
    return ((term(f"{'pair' if is_pair(condition) else field}:{value.lower()}"),),)


def is_pair(condition: Condition) -> bool:
    """Whether two countries are given, or one as the doer: SYR>IRN, SYR>."""
    return condition.field == COUNTRY and not condition.value.isalpha()


def forms(folded: str, lemma: str) -> Group:
    """A word in any form."""
    words = dict.fromkeys((folded, lemma, *surfaces(folded)))
    return (term(f"lemma:{lemma}"), *(Phrase((word,)) for word in words))


def phrases(words: list[str]) -> Group:
    """Words as they are written, with what may be attached to the first."""
    first = [letters + words[0] for letters in ATTACHED]
    if words[0].startswith(ARTICLE):
        first += [letters + words[0].removeprefix(ARTICLE) for letters in TO_THE]
    return tuple(Phrase((word, *words[1:])) for word in first)


def beginnings(folded: str) -> Group:
    """A word of which only the beginning is given."""
    return tuple(Phrase((first + folded,), is_prefix=True) for first in BEFORE_PREFIX)


def named_in_any(condition: Condition, connection: Connection) -> All:
    """A name; of a country in English also by its usual Arabic name, and a place by any: place:Syria finds سوريا.

    Other places in English are found by what the index has of them: place:Aleppo by place=170063.
    """
    written, field = named(condition, connection), condition.field
    if condition.is_whole or field == SOURCE:
        return written
    if others := in_arabic(condition.value):
        usual = named(replace(condition, value=others[0]), connection)
        variants = tuple(term(f"{field}={whole(name)}") for name in others[1:] if field == PLACE)
        return either([written, usual, *([(variants,)] if variants else [])])
    known = tuple(term(f"{field}={whole(one)}") for one in places_called(condition.value)) if field == PLACE else ()
    return either([written, (known,)]) if known else written


def named(condition: Condition, connection: Connection) -> All:
    """A name: each of its words, or any actor that is known by them."""
    field, value = condition.field, condition.value
    words = name_words(value)
    is_actor = field in ACTORS
    if condition.is_whole or not words:
        keys = merged_with([value], connection) if is_actor else [value]
        return (tuple(term(f"{field}={whole(key)}") for key in keys),)
    keys = merged_with([value, *actors_of(words, connection)], connection) if is_actor else [value]
    others = tuple(term(f"{field}={whole(key)}") for key in keys)
    return tuple((term(f"{field}:{word}"), *others) for word in words)


def actors_of(words: Sequence[str], connection: Connection) -> list[str]:
    """The keys of the actors that have these words in a name."""
    row = actor_words.c
    found = select(row.actor).where(row.word.in_(words)).group_by(row.actor).having(func.count() == len(words))
    keys = connection.execute(found.order_by(row.actor).limit(MOST_ACTORS + 1)).scalars().all()
    return list(keys) if len(keys) <= MOST_ACTORS else []


def merged_with(keys: Iterable[str], connection: Connection) -> list[str]:
    """The keys, and all that people or the machine have decided to be the same actor."""
    rows = connection.execute(select(decisions).where(decisions.c.layer == "actor").order_by(decisions.c.number)).all()
    best = canonical(rows)
    wanted = {best.get(key, key) for key in keys}
    return list(dict.fromkeys([*keys, *(key for key, name in best.items() if name in wanted)]))


def cells_of(box: Box) -> Group:
    """The squares of the globe that a box touches; none if they are too many."""
    souths = range(int(box.south // CELL), int(box.north // CELL) + 1)
    east = box.east if box.west <= box.east else box.east + 360
    wests = range(int(box.west // CELL), int(east // CELL) + 1)
    if len(souths) * len(wests) > MOST_CELLS:
        return ()
    edge = 180 // CELL
    columns = [(west + edge) % (2 * edge) - edge for west in wests]
    return tuple(term(cell(south * CELL, west * CELL)) for south in souths for west in dict.fromkeys(columns))
