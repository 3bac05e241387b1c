"""How many names of places get coordinates: over a file of tagged tokens, one `token TAG` a line.

    python benchmarks/places.py TAGGED.txt [--missing 60]

Tags are BIO with LOC (or GPE, FAC). Sentences are taken twenty at a time as an article, so that
there is something to decide by.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from masdar.gazetteer import Gazetteer
from masdar.steps.places import find_places
from masdar.text.fold import fold
from masdar.types import EntityType, Form, Mention, Place, Provenance, Span

TOKENS = 400  # of an article
PLACES = ("LOC", "GPE", "FAC")


def read_articles(path: Path) -> Iterator[tuple[str, list[Mention]]]:
    """Stretches of the file with the mentions of places in them."""
    lines = [line.rsplit(None, 1) for line in path.read_text("utf-8").splitlines() if line.strip()]
    for start in range(0, len(lines), TOKENS):
        text, spans = "", list[Span]()
        for token, tag in (line for line in lines[start : start + TOKENS] if len(line) == 2):
            position, label = tag[:1], tag[2:]
            end = len(text) + len(token)
            if label in PLACES and position == "B":
                spans.append(Span(len(text), end))
            elif label in PLACES and spans and spans[-1].end == len(text) - 1:
                spans[-1] = Span(spans[-1].start, end)
            text += f"{token} "
        made = Provenance("gold")
        yield text, [Mention(span, made, EntityType.STATE, Form.NAME) for span in spans]


def main() -> None:
    """Print the share of resolved names, rules and doubts, and the commonest names not found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tagged", type=Path)
    parser.add_argument("--missing", type=int, default=40)
    options = parser.parse_args()
    gazetteer = Gazetteer.load()
    rules, doubts, missing = Counter[str](), Counter[str](), Counter[str]()
    articles = list(read_articles(options.tagged))
    begin = time.perf_counter()
    for text, mentions in articles:
        for place in find_places(mentions, text, fold(text), gazetteer):
            note(place, text, rules, missing)
            doubts.update(place.provenance.doubts)
    spent = time.perf_counter() - begin
    found = 1 - missing.total() / rules.total()
    print(f"names {rules.total()}, with coordinates {found:.3f}, ms/article {1000 * spent / len(articles):.2f}")
    print(dict(rules.most_common()), dict(doubts))
    print(missing.most_common(options.missing))


def note(place: Place, text: str, rules: Counter[str], missing: Counter[str]) -> None:
    """Count a place by its rule, and by its name if it was not found."""
    rules[place.provenance.rule] += 1
    if place.lat is None:
        missing[text[place.span.start : place.span.end]] += 1


if __name__ == "__main__":
    main()
