"""Other ways to write a folded name: article, attached particles, foreign consonants, endings.

A few exact alternates rather than fuzzy matching: what is found is a name that stands in the base.
"""

from __future__ import annotations

from collections.abc import Iterator

ARTICLE = "ال"
PROCLITICS = ("وال", "بال", "فال", "كال", "لل", "و", "ب", "ل", "ف", "ك")
SHORTEST = 3  # letters of a name that remain after a particle is cut off: "مصر" of "ومصر"
FOREIGN = ("غج", "جغ", "غك", "كغ", "قك", "قغ", "كق", "فب", "بف", "ثس", "سث", "تط", "طت", "زس", "صس")
ENDINGS = {"ا": "ه", "ه": "ا"}


def with_other_article(name: str) -> Iterator[str]:
    """The name without the article it has, or with the one it lacks: يمن -> اليمن."""
    if name.startswith(ARTICLE) and len(name) > len(ARTICLE) + 1:
        yield name[len(ARTICLE) :]
    elif name:
        yield ARTICLE + name


def without_proclitics(name: str) -> Iterator[str]:
    """The name without particles written onto it: وبالكويت -> الكويت; للعراق -> العراق."""
    for proclitic in PROCLITICS:
        rest = name[len(proclitic) :]
        if not name.startswith(proclitic) or len(rest) < SHORTEST:
            continue
        keeps_article = proclitic.endswith(ARTICLE) or proclitic == "لل"
        yield ARTICLE + rest if keeps_article else rest
        if proclitic in ("و", "ف"):
            yield from without_proclitics(rest)


def written_otherwise(name: str) -> Iterator[str]:
    """One foreign consonant or ending written another way: انجولا -> انغولا; سوريه -> سوريا."""
    if len(name) <= SHORTEST:
        return
    for pair in FOREIGN:
        written, other = pair[0], pair[1]
        if written in name:
            yield name.replace(written, other)
    if name[-1] in ENDINGS:
        yield name[:-1] + ENDINGS[name[-1]]
    if "-" in name or "  " in name:
        yield " ".join(name.replace("-", " ").split())
