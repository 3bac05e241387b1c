"""The dictionary form of a word, so that a search for one form finds the others: وزراء and للوزراء → وزير (minister).

simplemma's Arabic dictionary decides. Before it gives up, particles that Arabic writes onto a word are taken off
(وللقوات → القوات, the forces). A word that no dictionary knows, such as a foreign name, loses the article and common
endings; that need not give a word, only the same for its forms. The result is folded and only for matching.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from masdar.text.fold import fold_word

if TYPE_CHECKING:
    from simplemma.strategies import DefaultStrategy

LEXICON = Path(__file__).parent.parent / "lexicons" / "search" / "variants.yml"
ARABIC = re.compile(r"[\u0621-\u064A]+")
CONJUNCTIONS = ("و", "ف")
PREPOSITIONS = ("ب", "ل", "ك")
ARTICLE, TO_THE = "ال", "لل"
FUTURE = re.compile(r"س(?=[يتنا])")
# verbs such as هاجم (attack), whose forms simplemma takes for words of their own: يهاجم, هاجمت, يهاجمون
THIRD = re.compile(r"(?P<is_present>[ين])?(?P<base>\wا\w\w)(?(is_present)(?:ون|وا)?|(?:ت|وا))")
SHORTEST = 3  # letters that must be left of a word
SHORTEST_NOUN = 4  # behind a preposition: fewer would take letters off too many names
ENDINGS = ("ات", "ها", "هم", "ون", "ين", "ان", "يه", "وا", "ه", "ي", "ا", "ت")
ACCUSATIVE = "ا"
DOTS = (("ه", "ة"), ("ي", "ى"), ("ى", "ي"))
REMEMBERED = 200_000  # words; the vocabulary of some ten thousand articles


@lru_cache(maxsize=REMEMBERED)
def lemma(word: str) -> str:
    """The folded dictionary form of a word as it was published: القُوّات → قوه, ولافروف → لافروف."""
    folded = fold_word(word).lower()
    if not ARABIC.fullmatch(folded):
        return folded
    return known(word) or stem(folded)


def spelling(folded: str) -> str:
    """The first spelling of a folded word that newspapers write in several ways: ترمب → ترامب (Trump)."""
    return fold_word(variants().get(folded, folded))


def surfaces(word: str) -> list[str]:
    """A folded name with the prepositions that `lemma` leaves on what it does not know: لافروف → بلافروف, وللافروف."""
    if word.startswith(ARTICLE) or not ARABIC.fullmatch(word):
        return []
    forms = [first + second + word for first in ("", *CONJUNCTIONS) for second in PREPOSITIONS]
    return [form for form in forms if known(form) is None]


def known(word: str) -> str | None:
    """What the dictionaries say of a word, folded; with particles taken off where they do not know it with them."""
    for bare in bared(word):
        if (folded := fold_word(bare)) in variants():
            return spelling(folded)
    spelled = (form for bare in bared(word) for form in (bare, *respelled(bare)))
    found = next(filter(None, (dictionary().get_lemma(form, "ar") for form in spelled)), None)
    if found and (verb := THIRD.fullmatch(found)):
        found = dictionary().get_lemma(verb["base"], "ar") or found
    return spelling(fold_word(found)) if found else None


def bared(word: str) -> Iterator[str]:
    """The word, then what is left of it when particles are taken off: وللقوات, للقوات, القوات."""
    yield word
    rests = [word]
    if word.startswith(CONJUNCTIONS) and len(word) > SHORTEST:
        rests.append(word[1:])
        yield word[1:]
    for rest in rests:
        if rest.startswith(TO_THE) and len(rest) - 2 >= SHORTEST:
            yield ARTICLE + rest[2:]
        if rest.startswith(PREPOSITIONS) and len(rest) > SHORTEST_NOUN:
            yield rest[1:]
        if FUTURE.match(rest) and len(rest) > SHORTEST_NOUN:
            yield rest[1:]
    if word.endswith(ACCUSATIVE) and len(word) > SHORTEST_NOUN:
        yield word[:-1]


def respelled(word: str) -> Iterator[str]:
    """The endings that many leave without their dots: الهدنه → الهدنة (the truce), علي → على."""
    for written, meant in DOTS:
        if word.endswith(written):
            yield word[:-1] + meant


def stem(folded: str) -> str:
    """An unknown word without و, article and endings: والحوثيين (and the Houthis) → حوث."""
    rest = folded[1:] if folded.startswith(CONJUNCTIONS) and len(folded) > SHORTEST_NOUN else folded
    for first in (ARTICLE, "ب" + ARTICLE, "ك" + ARTICLE, TO_THE):
        if rest.startswith(first) and len(rest) - len(first) >= SHORTEST:
            rest = rest[len(first) :]
            break
    for _ in range(2):
        ending = next((e for e in ENDINGS if rest.endswith(e) and len(rest) - len(e) >= SHORTEST), "")
        rest = rest.removesuffix(ending)
    return rest


@cache
def dictionary() -> DefaultStrategy:
    """simplemma's, which takes a third of a second to load."""
    from simplemma.strategies import DefaultStrategy

    return DefaultStrategy()


@cache
def variants() -> dict[str, str]:
    """The first form of each word of the lexicon, by folded form."""
    import yaml

    with LEXICON.open(encoding="utf-8") as file:
        groups = yaml.load(file, yaml.CSafeLoader)["variants"]
    return {fold_word(form): group[0] for group in groups for form in group}
