"""Weak supervision: what rules of high precision say of articles that nobody has read.

    python -m training.weak RECORDS.jsonl

Three rules: a plain verb of saying, one known name, a colon and words in marks are a quotation (قال لافروف: «…»); the
name after بحسب, وفق and the like is a speaker; a name of the base of known actors, in two words and more, is a
name. The command says how much of this the records of the same articles (`masdar read --json`) say already: what
the tagger knows teaches it nothing (docs/quality.md has the figures, and why the rules are not used in training).
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from masdar.actors import ActorBase, actor_key
from masdar.steps.tokens import find_tokens
from masdar.text.fold import fold
from masdar.types import Token

SAYING = "قال|قالت|أضاف|أضافت|أكد|أكدت|أوضح|أوضحت|صرح|صرحت|ذكر|ذكرت|تابع|تابعت|كتب|كتبت"
WHO = r"(?P<who>[^\n.:«»“”\"،]{3,60})"
WHAT = r"[«“\"](?P<what>[^«»“”\"\n]{15,})[»”\"]"
SAID = re.compile(rf"(?<![\u0621-\u064a])[وف]?(?P<cue>{SAYING}) {WHO}: ?{WHAT}")
SOURCE = re.compile(r"(?<![\u0621-\u064a])(?P<cue>بحسب|وفق|وفقا ل|وفقاً ل|نقلا عن|نقلاً عن) ?(?P<who>[^\n.:،]{3,60})")
FEWEST = 2  # words of a name of the base that is taken for a name wherever it stands


@dataclass(frozen=True, slots=True)
class WeakLabel:
    """What a rule says: its kind, the name's place, and for a quotation the cue's place and the content's."""

    rule: str
    name: tuple[int, int]
    cue: tuple[int, int] | None = None
    content: tuple[int, int] | None = None


def known_names(text: str, base: ActorBase) -> list[tuple[int, int]]:
    """Where names of the base stand, the longest at each word; an attached و or ب is no part of one."""
    tokens: list[Token] = [token for token in find_tokens(text, fold(text)) if token.is_word]
    keys = [actor_key(text[t.span.start : t.span.end]) for t in tokens]
    found, after = [], 0
    for first, key in enumerate(keys):
        for length in range(base.name_lengths.get(key, 0) if first >= after else 0, 0, -1):
            if " ".join(keys[first : first + length]) in base.known:
                after = first + length
                found.append((tokens[first].span.start, tokens[min(after, len(tokens)) - 1].span.end))
                break
    return found


def weak_labels(text: str, base: ActorBase) -> Iterator[WeakLabel]:
    """What the rules say of a text."""
    names = known_names(text, base)
    for name in names:
        if len(text[slice(*name)].split()) >= FEWEST:
            yield WeakLabel("name", name)
    for rule, pattern in (("said", SAID), ("source", SOURCE)):
        for match in pattern.finditer(text):
            inside = [n for n in names if match.start("who") <= n[0] and n[1] <= match.end("who")]
            if rule == "said" and len(inside) == 1:
                yield WeakLabel(rule, inside[0], match.span("cue"), match.span("what"))
            elif rule == "source" and inside and inside[0][0] == match.start("who"):
                yield WeakLabel(rule, inside[0], match.span("cue"))


def is_in_record(weak: WeakLabel, record: dict[str, Any]) -> bool:
    """Whether a record says the same: the name as a name, the cue with that speaker, the content to the letter."""

    def meets(span: dict[str, Any], other: tuple[int, int]) -> bool:
        return bool(span["start"] < other[1] and other[0] < span["end"])

    named = {e["id"] for e in record["entities"] for m in e["mentions"] if m["form"] == "name" and meets(m, weak.name)}
    if weak.cue is None:
        return bool(named)
    return any(
        quotation["cue"]
        and meets(quotation["cue"], weak.cue)
        and named & set(quotation["speakers"])
        and (weak.content is None or is_content(quotation["contents"], weak.content))
        for quotation in record["quotations"]
    )


def is_content(contents: list[dict[str, Any]], wanted: tuple[int, int]) -> bool:
    """Whether contents begin where the wanted one does; they may go on after its marks."""
    return any(abs(content["start"] - wanted[0]) <= 1 and content["end"] >= wanted[1] - 1 for content in contents)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records", type=Path)
    base, said, read = ActorBase.load(), Counter[str](), Counter[str]()
    with parser.parse_args().records.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            for weak in weak_labels(record["document"]["text"], base):
                said[weak.rule] += 1
                read[weak.rule] += is_in_record(weak, record)
    for rule, number in said.items():
        print(f"{rule:8} {number:7,} found by the rule, {read[rule] / number:.3f} of them in the records")


if __name__ == "__main__":
    main()
