"""The annotated corpus as examples: windows of words with labels and links.

One loader reads both parts: authored articles (XML with their text) and read ones (offsets against
../shared/corpora, checked by sha256).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from masdar.labels import LAYERS, LINKS, NO, SILENT
from masdar.pieces import BOS, EOS, Pieces
from masdar.steps.sentences import find_sentences
from masdar.steps.tokens import find_tokens
from masdar.steps.zones import find_zones
from masdar.text.fold import fold
from masdar.text.quotes import pair_marks
from masdar.types import Article, Span, Token, Zone, ZoneKind
from masdar.windows import Window, cut_windows, mark_depths
from training.authored import Reading

IGNORED = -100
HELD_OUT = 12  # one read article in so many is never trained on: thresholds are chosen there
SHORTENED = 0.4  # share of windows of which a few sentences only are shown
FEWEST = 5  # words that a window or a sentence with a vector has at least
Annotated = dict[str, Any]
Groups = tuple[tuple[int, ...], ...]  # what a row is linked to: of each group any word is right; none is nothing
Taught = dict[str, np.ndarray[Any, Any]]  # article: vectors of its sentences, the teacher's mean taken off


def held_out(article: Annotated) -> bool:
    """Whether an article belongs to the held-out part (by its text, so that it stays there)."""
    return article["file"] != "authored" and sum(article["id"].encode()) % HELD_OUT == 0


def load_authored(folder: Path) -> Iterator[Annotated]:
    """Articles written for the project that validate."""
    for path in sorted(folder.glob("*.xml")):
        try:
            reading = Reading(path)
        except Exception as error:  # noqa: BLE001 (a file being written while training reads it)
            print(f"{path.name}: {error}")
            continue
        if not reading.problems:
            yield reading.kept()


@cache
def published_articles(path: Path) -> dict[str, Annotated]:
    """Every article of a corpus file by its id: kept, since training asks again in each epoch."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return {article["id"]: article for article in map(json.loads, lines)}


def load_read(path: Path, shared: Path) -> Iterator[Annotated]:
    """Annotations of real articles, with the text fetched from the shared corpora."""
    for annotation in map(json.loads, path.read_text("utf-8").splitlines()):
        article = published_articles(shared / "corpora" / f"{annotation['file']}.jsonl.gz")[annotation["id"]]
        if hashlib.sha256(article["text"].encode()).hexdigest() != annotation["sha256"]:
            raise SystemExit(f"{article['id']}: the text is not the one that was annotated")
        yield annotation | {"text": article["text"], "published": article["published"], "title": article["title"]}


def sentences_of(article: Annotated) -> tuple[Span, ...]:
    """The sentences of the whole text, whatever its zones."""
    text = article["text"]
    return find_sentences(text, (Zone(ZoneKind.BODY, Span(0, len(text))),))


@dataclass
class Example:
    """One window: pieces, first and last piece of each word, mark depths, labels, links (row → groups of words)."""

    window: Window
    labels: dict[str, np.ndarray[Any, Any]]
    links: dict[str, dict[int, Groups]] = field(default_factory=dict)
    meanings: list[tuple[int, int, np.ndarray[Any, Any]]] = field(default_factory=list)  # first, last word, vector


class Targets:
    """Labels and links of a whole article, by token index."""

    def __init__(self, article: Annotated, tokens: tuple[Token, ...], muted: list[Span]) -> None:
        self.tokens = tokens
        self.article = article
        self.starts = np.array([t.span.start for t in tokens])
        self.labels = {name: np.full(len(tokens), IGNORED) for name in LAYERS if name != "status"}
        self.labels["status"] = np.full((len(tokens), len(LAYERS["status"])), IGNORED)
        self.links: dict[str, dict[int, Groups]] = {name: {} for name in LINKS}
        for name in ("name", "nominal", "demonym", "cue", "trigger", "said"):
            self.labels[name][:] = 0
        self.sentences = sentences_of(article)
        self.entities = {e["id"]: e for e in article["entities"]}
        mentions = [m for e in article["entities"] for m in e["mentions"]]
        self.described = [(m["start"], m["end"]) for m in mentions if m["form"] != "demonym"]
        self.mentions()
        self.quotations()
        self.events()
        for index, token in enumerate(tokens):
            if any(zone.holds(token.span) for zone in muted):
                for name in ("cue", "trigger", "said", "certain"):
                    self.labels[name][index] = IGNORED

    def at(self, position: int) -> int:
        """The token that holds a character."""
        return max(0, int(np.searchsorted(self.starts, position, "right")) - 1)

    def inside(self, start: int, end: int) -> tuple[int, int]:
        """First and last token of a span."""
        return self.at(start), self.at(max(start, end - 1))

    def cut(self, start: int) -> int:
        """Note how many letters of its token stand before the span; the token's index."""
        index = self.at(start)
        self.labels["cut"][index] = min(2, max(0, start - self.tokens[index].span.start))
        return index

    def mentions(self) -> None:
        for entity in self.article["entities"]:
            sector = entity["sectors"][0] if entity.get("sectors") else NO
            earlier: list[int] = []
            for mention in sorted(entity["mentions"], key=lambda m: int(m["start"])):
                first, last = self.inside(mention["start"], mention["end"])
                self.cut(mention["start"])
                form = mention["form"]
                if form == "demonym":
                    self.labels["demonym"][first : last + 1] = 2
                    self.labels["demonym"][first] = 1
                    continue
                if form not in ("name", "nominal"):
                    continue
                kinds = LAYERS[form]
                self.labels[form][first : last + 1] = kinds.index(f"I-{entity['type']}")
                self.labels[form][first] = kinds.index(f"B-{entity['type']}")
                if sector in LAYERS["sector"]:
                    self.labels["sector"][first] = LAYERS["sector"].index(sector)
                others = tuple(word for word in earlier if word != first)
                self.links["same"][first] = (others,) if others else ()
                earlier.append(first)

    def stands_for(self, entity: str) -> list[int]:
        """Where an entity's mentions begin; a demonym inside a longer mention is left out where there is another."""
        mentions = self.entities[entity]["mentions"]
        plain = [m for m in mentions if m["form"] != "demonym" or not self.is_inside(m)]
        return [m["start"] for m in plain or mentions]

    def is_inside(self, demonym: dict[str, Any]) -> bool:
        """Whether a demonym stands in somebody's name or description: الأميركية in القوات الأميركية (US forces)."""
        return any(first <= demonym["start"] < last for first, last in self.described)

    def groups(self, entities: list[str], before: int | None = None) -> Groups:
        """For each entity the words that stand for it, those before a position where there are any."""
        out = []
        for entity in entities:
            starts = self.stands_for(entity)
            earlier = [s for s in starts if before is not None and s < before]
            out.append(tuple(sorted({self.at(start) for start in earlier or starts})))
        return tuple(group for group in out if group)

    def quotations(self) -> None:
        for quotation in self.article["quotations"]:
            contents = quotation["contents"]
            if not contents:
                continue
            if quotation["cue"]:
                anchor = self.cut(quotation["cue"][0])
                self.labels["cue"][anchor] = LAYERS["cue"].index(quotation["stance"])
            else:
                anchor = max(0, self.at(contents[0][0]) - 1)
                self.labels["cue"][anchor] = LAYERS["cue"].index(SILENT)
            near = self.tokens[anchor].span.start
            span = quotation["speaker_span"]
            if span:
                speakers = ((self.at(span[0]),), *self.groups(quotation["speakers"][1:]))
            else:
                speakers = self.groups(quotation["speakers"], before=near)
            self.links["speaker"][anchor] = speakers
            for suffix, content in zip(("", "2"), contents, strict=False):
                first, last = self.inside(*content)
                self.cut(content[0])
                self.links["start" + suffix][anchor] = ((first,),)
                self.links["end" + suffix][anchor] = ((last,),)
                self.labels["said"][first : last + 1] = 1
            if len(contents) == 1:
                self.links["start2"][anchor] = self.links["end2"][anchor] = ()
            self.links["addressee"][anchor] = self.groups(quotation["addressees"])
            self.links["via"][anchor] = self.groups(quotation["via"])

    def events(self) -> None:
        for event in self.article["events"]:
            main = self.trigger(event, event["trigger"])
            self.links["repeat"].setdefault(main, ())
            self.taking_part(event, main)
            for also in event.get("also", ()):
                index = self.trigger(event, also)
                if index != main:
                    self.links["repeat"][index] = ((main,),)
                    self.taking_part(event, index)

    def taking_part(self, event: Annotated, index: int) -> None:
        """Who, whom, where and when: of every wording, since any may be the one that is found."""
        self.links["actor"][index] = self.groups(event["actors"])
        self.links["recipient"][index] = self.groups(event["recipients"])
        self.links["place"][index] = tuple((self.at(p[0]),) for p in event["places"])
        self.links["date"][index] = ((self.at(event["date"][0]),),) if event["date"] else ()

    def trigger(self, event: Annotated, span: list[int]) -> int:
        index = self.cut(span[0])
        self.labels["trigger"][index] = LAYERS["trigger"].index(event["type"])
        self.labels["certain"][index] = int(event.get("certain", True))
        modes = [f"{event['type']}/{m}" for m in event["modes"]]
        known = [LAYERS["mode"].index(m) for m in modes if m in LAYERS["mode"]]
        self.labels["mode"][index] = known[0] if known else 0
        self.labels["status"][index] = [int(s in event["status"]) for s in LAYERS["status"]]
        return index


def examples(
    article: Annotated, pieces: Pieces, chance: random.Random | None = None, taught: Taught | None = None
) -> Iterator[Example]:
    """The windows of one annotated article; with `chance`, now and then a few sentences alone."""
    text = article["text"]
    published = Article(id=article["id"], text=text, title=article.get("title"), published=article.get("published"))
    tokens = find_tokens(text, fold(text))
    if not tokens:
        return
    zones = find_zones(published)
    muted = [z.span for z in zones if z.kind in (ZoneKind.TITLE, ZoneKind.TEASER, ZoneKind.BOILERPLATE)]
    muted += [Span(z["start"], z["end"]) for z in article["zones"] if z["kind"] in ("teaser", "boilerplate")]
    targets = Targets(article, tokens, muted)
    depths = mark_depths(tokens, pair_marks(text))
    starts = np.searchsorted(targets.starts, [s.start for s in targets.sentences])
    known = meanings(article, targets, taught)
    for whole in cut_windows(text, tokens, find_sentences(text, zones), depths, pieces):
        window = a_few_sentences(whole, starts, chance) if chance and chance.random() < SHORTENED else whole
        first, last = window.first, window.last
        yield Example(
            window,
            labels_of(targets, first, last),
            {name: dict(moved(rows, first, last)) for name, rows in targets.links.items()},
            [(a - first, b - first, v) for a, b, v in known if first <= a and b <= last],
        )


def labels_of(targets: Targets, first: int, last: int) -> dict[str, np.ndarray[Any, Any]]:
    """Labels of a window, its first word and that behind its last given.

    Another wording of an act is uncertain where the window does not tell the act: who sees only "after the attack that
    took place on Monday" (بعد الهجوم الذي وقع الإثنين) is referred to what was told elsewhere.
    """
    labels = {name: whole[first:last].copy() for name, whole in targets.labels.items()}
    certain = labels["certain"]
    for row, groups in targets.links["repeat"].items():
        is_told = any(first <= word < last for group in groups for word in group)
        if first <= row < last and groups and not is_told and certain[row - first] != IGNORED:
            certain[row - first] = 0
    return labels


def a_few_sentences(window: Window, starts: np.ndarray[Any, Any], chance: random.Random) -> Window:
    """One to four sentences out of a window."""
    inside = starts[(starts >= window.first) & (starts < window.last)]
    if len(inside) < 2:
        return window
    at = chance.randrange(len(inside))
    first, after = int(inside[at]), at + chance.randint(1, 4)
    last = int(inside[after]) if after < len(inside) else window.last
    a, b = first - window.first, last - window.first
    if b - a < FEWEST:
        return window
    left = window.heads[a] - 1
    ids = np.array([BOS, *window.ids[window.heads[a] : window.tails[b - 1] + 1], EOS])
    return Window(first, last, ids, window.heads[a:b] - left, window.tails[a:b] - left, window.depths[a:b])


def meanings(
    article: Annotated, targets: Targets, taught: Taught | None
) -> list[tuple[int, int, np.ndarray[Any, Any]]]:
    """First and last word of each sentence with its teacher's vector, where there is one."""
    vectors = (taught or {}).get(article["id"])
    if vectors is None or len(vectors) != len(targets.sentences):
        return []
    spans = [np.searchsorted(targets.starts, [s.start, s.end]) for s in targets.sentences]
    return [(int(a), int(b), v) for (a, b), v in zip(spans, vectors, strict=True) if b - a >= FEWEST]


def moved(rows: dict[int, Groups], first: int, last: int) -> Iterator[tuple[int, Groups]]:
    """Links inside a window, in its own counting; a row that points only outside is left out."""
    for row, groups in rows.items():
        if not first <= row < last:
            continue
        inside = (tuple(word - first for word in group if first <= word < last) for group in groups)
        kept = tuple(group for group in inside if group)
        if kept or not groups:
            yield row - first, kept
