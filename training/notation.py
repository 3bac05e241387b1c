"""Annotations of real articles, written as words while reading, turned into offsets.

A reader writes one small file for each article (docs/annotating.md has the form and an example); this
module finds the words in the article, says what is wrong, and gives offsets. Only offsets, labels, the
article's id and its sha256 are kept in corpus/read.jsonl; the words and the text are not.

    python -m training.notation check --docs FOLDER FILE.ann...
    python -m training.notation compile --docs FOLDER --into corpus/read.jsonl FILE.ann...
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

from masdar import plover
from masdar.types import EntityType, Stance, Status, ZoneKind

TYPES = frozenset(plover.TYPES)
STANCES = frozenset(Stance)
STATUSES = frozenset(Status)
ENTITY_TYPES = frozenset(EntityType)
ZONES = frozenset(ZoneKind) - {ZoneKind.TITLE, ZoneKind.BODY}
LETTER = r"\w\u064b-\u065f\u0670\u0640"
BEFORE = r"(?:(?<![" + LETTER + r"])[وفبلكس]{0,2})"
OPEN, CLOSE = "\"“”„«‹‘'", "\"”“»›’'"

Pair = tuple[int, int]


# Words before a name: what kind of place, paper or firm it is stands outside, a body's own kind inside.
OUTSIDE = frozenset(
    [
        "مدينة",
        "بلدة",
        "قرية",
        "ولاية",
        "محافظة",
        "منطقة",
        "دولة",
        "ناحية",
        "حي",
        "صحيفة",
        "جريدة",
        "مجلة",
        "شركة",
        "شبكة",
        "قناة",
        "موقع",
        "إذاعة",
    ]
)
INSIDE = frozenset(["تنظيم", "حزب", "حركة", "وكالة", "منظمة", "جماعة"])


class Problem(ValueError):
    """Something in an annotation that does not fit the article."""


def occurrences(text: str, words: str) -> list[int]:
    """Every position at which the words stand in the text."""
    return [m.start() for m in re.finditer(re.escape(words), text)]


def bracketed(text: str, context: str) -> Pair:
    """`و[أكد] الوزير` (and the minister affirmed): the span in brackets, its context being unique."""
    before, rest = context.split("[", 1)
    words, after = rest.split("]", 1)
    found = occurrences(text, before + words + after)
    if len(found) != 1:
        raise Problem(f"{context!r} stands {len(found)} times in the text: give other context")
    start = found[0] + len(before)
    return start, start + len(words)


def nearest(text: str, words: str, near: int, after: bool = False) -> Pair:
    """The occurrence of the words nearest to a position; with `after`, the first from there on."""
    words = words.strip()
    if "[" in words:
        return bracketed(text, words)
    found = occurrences(text, words)
    if not found:
        raise Problem(f"{words!r} does not stand in the text")
    later = [f for f in found if f >= near]
    best = later[0] if after and later else min(found, key=lambda f: abs(f - near))
    return best, best + len(words)


def stretch(text: str, words: str, near: int) -> Pair:
    """`from ~ to`, or literal words: a content, stripped of its outer marks and final stop."""
    first, _, last = words.partition(" ~ ")
    start, end = nearest(text, first, near, after=True)
    if last:
        end = nearest(text, last, start, after=True)[1]
        if end <= start:
            raise Problem(f"{last!r} does not follow {first!r}")
    return trimmed(text, start, end)


def trimmed(text: str, start: int, end: int) -> Pair:
    """Without outer marks, white space and the final stop or comma; inner marks of a mixed content stay."""
    while True:
        while start < end and text[start] in " \n\t:،,":
            start += 1
        while end > start and text[end - 1] in " \n\t.،,؛;:":
            end -= 1
        inner = text[start:end]
        marks = sum(inner.count(m) for m in set(OPEN + CLOSE) - {"'"})
        if marks == 2 and inner[0] in OPEN and inner[-1] in CLOSE:
            start, end = start + 1, end - 1
        elif marks % 2 and inner[0] in OPEN:
            start += 1
        elif marks % 2 and inner[-1] in CLOSE:
            end -= 1
        else:
            return start, end


def forms(text: str, listed: list[tuple[str, str]]) -> list[tuple[str, int, int]]:
    """All whole-word places of (entity, form), longest forms first; `[x]` in context is that place only."""
    taken: list[tuple[str, int, int]] = []
    barred = [bracketed(text, f[1:]) for _, f in listed if f.startswith("!")]
    wanted = [(e, f) for e, f in listed if not f.startswith("!")]
    for entity, form in sorted(wanted, key=lambda x: (-len(words_of(x[1])), "[" not in x[1])):
        for span in places_of(text, form):
            if span not in barred and all(span[1] <= a or b <= span[0] for _, a, b in taken):
                taken.append((entity, *span))
    return taken


def words_of(form: str) -> str:
    """The words of a form without their context."""
    return form.partition("[")[2].partition("]")[0] if "[" in form else form


def places_of(text: str, form: str) -> list[Pair]:
    """Where one form stands as a whole word, its attached particles left out."""
    if "[" in form:
        return [bracketed(text, form)]
    shapes = [form, form[1:]] if form.startswith("ال") else [form]
    found = []
    for number, shape in enumerate(shapes):
        lead = BEFORE if number == 0 else r"(?<![" + LETTER + r"])[وف]?ل(?=ل)"
        pattern = lead + "(" + re.escape(shape) + ")(?![" + LETTER + "])"
        found += [m.span(1) for m in re.finditer(pattern, text)]
    if not found:
        raise Problem(f"form {form!r} does not stand in the text as a whole word")
    return found


def headed(text: str, start: int, end: int) -> Pair:
    """A name's span by the house rule for the word before it: مدينة [درعا] (city of Daraa), [حركة حماس] (Hamas)."""
    first, _, rest = text[start:end].partition(" ")
    if first in OUTSIDE and rest.strip(OPEN):
        start = end - len(rest.lstrip(OPEN + " "))
    before = re.search(r"(?<![" + LETTER + r"])[وفبلك]?(\w+) $", text[:start])
    if before and before[1] in INSIDE:
        start = before.start(1)
    return start, end


def split(line: str) -> list[str]:
    return [part.strip() for part in line.split("|")]


def keyed(parts: list[str], sign: str) -> dict[str, str]:
    """`nom: a ; b` or `to=E1` parts by their key."""
    out = {}
    for part in parts:
        key, found, value = part.partition(sign)
        if found:
            out[key.strip()] = value.strip()
        elif part:
            out[part] = ""
    return out


def listing(value: str) -> list[str]:
    return [v.strip() for v in value.split(" ; ") if v.strip()]


def ids(value: str) -> list[str]:
    return [v for v in re.split(r"[,\s]+", value) if v and v != "-"]


class Annotation:
    """One .ann file against its article: parsed line by line, problems gathered."""

    def __init__(self, article: dict[str, Any], notes: str) -> None:
        self.text: str = article["text"]
        self.article = article
        self.problems: list[str] = []
        self.entities: dict[str, dict[str, Any]] = {}
        self.quotations: list[dict[str, Any]] = []
        self.events: list[dict[str, Any]] = []
        self.dates: list[dict[str, Any]] = []
        self.zones: list[dict[str, Any]] = []
        self.names: list[tuple[str, str]] = []
        self.nominals: list[tuple[str, str]] = []
        self.demonyms: list[tuple[str, str]] = []
        for line in notes.splitlines():
            self.line(line.strip())
        self.mentions()
        self.claims()

    def line(self, line: str) -> None:
        if not line or line.startswith("#"):
            return
        kinds = {"E": self.entity, "Q": self.quotation, "V": self.event, "D": self.date, "Z": self.zone}
        try:
            if line[0] not in kinds:
                raise Problem("a line starts with E, Q, V, D, Z or #")
            kinds[line[0]](line)
        except (Problem, ValueError, IndexError) as error:
            self.problems.append(f"{line[:60]} → {error}")

    def entity(self, line: str) -> None:
        head, *rest = split(line)
        name, kind, country, *sectors = head.split()
        if kind not in ENTITY_TYPES:
            raise Problem(f"type {kind}")
        names = listing(rest[0]) if rest and rest[0] != "-" else []
        more = keyed(rest[1:], ":")
        self.entities[name] = {
            "id": name,
            "type": kind,
            "country": None if country == "-" else country,
            "sectors": [s for s in ",".join(sectors).split(",") if s and s != "-"],
            "rank": more.get("rank"),
            "mentions": [],
        }
        self.names += [(name, f) for f in names]
        self.nominals += [(name, f) for f in listing(more.get("nom", "")) + listing(more.get("role", ""))]
        self.demonyms += [(name, f) for f in listing(more.get("dem", ""))]

    def mentions(self) -> None:
        for form, listed in (("name", self.names), ("nominal", self.nominals), ("demonym", self.demonyms)):
            good = []
            for entity, words in listed:
                try:
                    bracketed(self.text, words.lstrip("!")) if "[" in words else places_of(self.text, words)
                    good.append((entity, words))
                except Problem as error:
                    self.problems.append(f"{entity} {form}: {error}")
            for entity, *place in forms(self.text, good):
                start, end = headed(self.text, *place) if form == "name" else place
                self.entities[entity]["mentions"].append({"start": start, "end": end, "form": form})
        for name, found in self.entities.items():
            found["mentions"].sort(key=lambda m: (m["start"], m["end"]))
            if not found["mentions"]:
                self.problems.append(f"{name} has no mention")

    def known(self, names: list[str]) -> list[str]:
        for name in names:
            if name not in self.entities:
                raise Problem(f"{name} is no entity (entities come first)")
        return names

    def quotation(self, line: str) -> None:
        head, cue, speakers, span, contents, *rest = split(line)
        name, stance = head.split()
        if stance not in STANCES:
            raise Problem(f"stance {stance}")
        last = next((q["cue"][0] for q in reversed(self.quotations) if q["cue"]), 0)
        place = None if cue == "-" else nearest(self.text, cue, last, after=True)
        near = place[0] if place else nearest(self.text, listing(contents)[0].partition(" ~ ")[0], last, after=True)[0]
        said = [stretch(self.text, c, near) for c in re.split(r"\s;;\s", contents)]
        more = keyed(rest, "=")
        self.quotations.append(
            {
                "id": name,
                "stance": stance,
                "cue": place,
                "contents": said,
                "speakers": self.known(ids(speakers)),
                "speaker_span": None if span in "-" else nearest(self.text, span, near),
                "addressees": self.known(ids(more.get("to", ""))),
                "via": self.known(ids(more.get("via", ""))),
            }
        )

    def event(self, line: str) -> None:
        head, trigger, *rest = split(line)
        name, kind = head.split()
        kind, *modes = kind.split("/")
        if kind not in TYPES:
            raise Problem(f"type {kind}")
        if unknown := [mode for mode in modes if (kind, mode) not in plover.MODES]:
            raise Problem(f"{kind} has no mode {' '.join(unknown)}")
        last = self.events[-1]["trigger"][0] if self.events else 0
        place = nearest(self.text, trigger, last, after=True)
        more = keyed(rest, "=")
        status = ids(more.get("st", ""))
        if set(status) - STATUSES:
            raise Problem(f"status {status}")
        date = nearest(self.text, more["on"], place[0]) if more.get("on") else None
        self.events.append(
            {
                "id": name,
                "type": kind,
                "modes": modes,
                "trigger": place,
                "actors": self.known(ids(more.get("a", ""))),
                "recipients": self.known(ids(more.get("r", ""))),
                "places": [nearest(self.text, p, place[0]) for p in listing(more.get("at", ""))],
                "date": date,
                "status": status,
                "claimed_in": None,
                "certain": "?" not in more,
                "also": [nearest(self.text, a, place[0]) for a in listing(more.get("also", ""))],
            }
        )

    def claims(self) -> None:
        """An event is claimed in the innermost quotation whose content holds its trigger."""
        for event in self.events:
            at = event["trigger"][0]
            holding = [(b - a, q["id"]) for q in self.quotations for a, b in q["contents"] if a <= at < b]
            event["claimed_in"] = min(holding)[1] if holding else None

    def date(self, line: str) -> None:
        head, words = split(line)
        value = head.split()[1]
        start, _, end = value.partition("..")
        last = self.dates[-1]["span"][0] + 1 if self.dates else 0
        self.dates.append(
            {
                "span": nearest(self.text, words, last, after=True),
                "value": None if start == "-" else start,
                "end_value": end or None,
            }
        )

    def zone(self, line: str) -> None:
        head, words = split(line)
        kind = head.split()[1]
        if kind not in ZONES:
            raise Problem(f"zone {kind}")
        first, _, last = words.partition(" ~ ")
        start, end = nearest(self.text, first, 0)
        self.zones.append(
            {"kind": kind, "start": start, "end": nearest(self.text, last, start, True)[1] if last else end}
        )

    def kept(self) -> dict[str, Any]:
        """What is committed: offsets and labels, no words."""
        return {
            "id": self.article["id"],
            "file": self.article.get("file"),
            "sha256": hashlib.sha256(self.text.encode()).hexdigest(),
            "zones": self.zones,
            "entities": [{k: v for k, v in e.items() if k != "rank"} for e in self.entities.values()],
            "quotations": self.quotations,
            "events": self.events,
            "dates": self.dates,
        }

    def shown(self) -> str:
        """The annotation read back, for the reader to check."""

        def cut(s: Pair | None) -> str:
            return self.text[s[0] : s[1]].replace("\n", "⏎") if s else "-"

        def brief(s: Pair) -> str:
            words = cut(s)
            return words if len(words) < 90 else words[:40] + " … " + words[-40:]

        lines = [
            f"{e['id']} {e['type']} {e['country']} {','.join(e['sectors'])}: "
            + " / ".join(f"{m['form'][0]}:{cut((m['start'], m['end']))}" for m in e["mentions"])
            for e in self.entities.values()
        ]
        lines += [
            f"{q['id']} {q['stance']} [{cut(q['cue'])}] {','.join(q['speakers'])} ({cut(q['speaker_span'])}): "
            + " ;; ".join(brief(c) for c in q["contents"])
            for q in self.quotations
        ]
        lines += [
            f"{v['id']} {v['type']} {'/'.join(v['modes'])} [{cut(v['trigger'])}] {','.join(v['actors'])} → "
            f"{','.join(v['recipients'])} at {[cut(p) for p in v['places']]} on {cut(v['date'])} "
            f"{','.join(v['status'])} in {v['claimed_in']}{'' if v['certain'] else ' ?'}"
            for v in self.events
        ]
        return "\n".join(lines)


def annotate(docs: Path, file: Path) -> Annotation:
    """The annotation in a file, against its article in the docs folder."""
    article = json.loads((docs / f"{file.stem}.json").read_text("utf-8"))
    return Annotation(article, file.read_text("utf-8"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=("check", "compile"))
    parser.add_argument("--docs", type=Path, required=True)
    parser.add_argument("--into", type=Path)
    parser.add_argument("files", type=Path, nargs="+")
    args = parser.parse_args()
    bad = 0
    kept = {}
    for file in args.files:
        annotation = annotate(args.docs, file)
        bad += bool(annotation.problems)
        if args.command == "check":
            print(f"== {file.name}: {'OK' if not annotation.problems else 'ERRORS'}")
            print("\n".join(annotation.problems) if annotation.problems else annotation.shown())
        elif annotation.problems:
            print(f"{file.name}: {annotation.problems[0]}", file=sys.stderr)
        else:
            kept[annotation.article["id"]] = annotation.kept()
    if args.into:
        lines = [json.dumps(k, ensure_ascii=False, separators=(",", ":")) for _, k in sorted(kept.items())]
        args.into.write_text("\n".join(lines) + "\n", "utf-8")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
