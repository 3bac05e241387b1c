"""A second reading of the events: where a model and the reader differ, somebody decides.

    masdar read --json ARTICLES > RECORDS                     # the read articles, by the model that ships
    python -m training.revise sheets --shared ../shared --records RECORDS --into SHEETS
    python -m training.revise sheets --shared ../shared --blind --into SHEETS       # the held-out ones, no model
    python -m training.revise check --shared ../shared SHEETS/001.fix
    python -m training.revise apply --shared ../shared --corpus BEFORE --into corpus/read.jsonl SHEETS/*.fix

A sheet shows some articles with the annotated events (V) and those that only the model has (M) marked in the text, and
asks about each difference. Whoever decides writes a file of the sheet's name with one line for each change:

    @ ID                                   the article the next lines are about
    V3 -                                   no event
    V3 ?                                   a coder could leave it out or type it otherwise; `V3 !`: surely an event
    V3 COERCE/seize                        another type
    V3 | a=E1,E4 | r=- | st=historical     other arguments (a, r, at, on, st as in docs/annotating.md)
    V3 | also=[اللقاء] بين                 one more wording of it, that the model has not seen
    M1 +                                   an event as the model has it; `M1 ?`: an uncertain one
    M1 COERCE/arrest | a=E2 | r=E5         an event, as written here
    M1 also V3                             another wording of V3
    V20 AID | قدمت [مساعدات] | a=E1        one that both missed, in the form of docs/annotating.md
    E30 PER SYR CVL | - | nom: المتظاهرون   an entity that is needed

What is not answered stays as it was: a V an event, an M none. Disagreements found by a model and settled by a person
cost a tenth of a second reading of everything (cf. annotation error detection, Klie et al. 2023).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from training.data import Annotated, held_out, load_read
from training.notation import Annotation, Problem, ids, keyed, listing, nearest, split
from training.sheets import NOTHING, Json, Suggestions, events_of, write_sheets

KNOWN = ("a", "r", "at", "on", "st", "also")


class Revision(Annotation):
    """An annotation that is there already, changed line by line."""

    def __init__(self, article: Annotated, suggestions: dict[str, Json], lines: Iterable[str]) -> None:
        super().__init__(article, "")
        self.problems = []
        self.entities = {e["id"]: e for e in article["entities"]}
        self.quotations, self.dates, self.zones = article["quotations"], article["dates"], article["zones"]
        self.events = article["events"]
        self.suggestions = suggestions
        fresh = len(self.entities)
        for line in lines:
            self.line(line.strip())
        self.new_mentions(fresh)
        self.claims()

    def new_mentions(self, fresh: int) -> None:
        """The mentions of the entities that were added; the others have theirs."""
        everyone, self.entities = self.entities, dict(list(self.entities.items())[fresh:])
        self.mentions()
        self.entities = everyone

    def line(self, line: str) -> None:
        head, *rest = split(line)
        name, _, said = head.partition(" ")
        if not line or line[0] not in "VM" or (line[0] == "V" and not self.is_there(name)):
            super().line(line)
            return
        try:
            self.change(name, said.strip(), rest)
        except (Problem, ValueError, IndexError, KeyError) as error:
            self.problems.append(f"{line[:60]} → {error}")

    def is_there(self, name: str) -> bool:
        return any(event["id"] == name for event in self.events)

    def change(self, name: str, said: str, rest: list[str]) -> None:
        """Carry out one answer, wholly or not at all."""
        if said.startswith("also "):
            self.named(said[5:].strip())["also"].append(self.suggestions[name]["trigger"])
            return
        old = self.suggested(name) if name[0] == "M" else self.named(name)
        event = dict(old)
        if said in ("?", "!"):
            event["certain"] = said == "!"
        elif said not in ("", "+", "-"):
            self.retype(event, said)
        more = keyed(rest, "=")
        self.arguments(event, more)
        wordings = [list(nearest(self.text, w, event["trigger"][0])) for w in listing(more.get("also", ""))]
        event["also"] = [*event["also"], *wordings]
        others = [e for e in self.events if e is not old]
        at = self.events.index(old) if old in self.events else len(others)
        self.events = others if said == "-" else [*others[:at], event, *others[at:]]

    def suggested(self, name: str) -> Json:
        """A model's event as one of the annotation: with a number of its own, and without whom it does not know."""
        event = self.suggestions[name]
        last = max((int(e["id"][1:]) for e in self.events), default=0)
        known = {role: [e for e in event[role] if e in self.entities] for role in ("actors", "recipients")}
        return {"id": f"V{last + 1}", **event, **known}

    def named(self, name: str) -> Json:
        for event in self.events:
            if event["id"] == name:
                return event
        raise Problem(f"{name} is no event")

    def retype(self, event: Json, said: str) -> None:
        """Another type and modes, checked as in a line of its own."""
        probe = Annotation(self.article, "")
        probe.event(f"V1 {said.removesuffix(' ?')} | {self.text[slice(*event['trigger'])]}")
        event["type"], event["modes"] = probe.events[0]["type"], probe.events[0]["modes"]
        if said.endswith(" ?"):
            event["certain"] = False

    def arguments(self, event: Json, more: dict[str, str]) -> None:
        near = event["trigger"][0]
        if unknown := set(more) - {*KNOWN, "?"}:
            raise Problem(f"unknown: {', '.join(sorted(unknown))}")
        if "?" in more:
            event["certain"] = False
        for key, role in (("a", "actors"), ("r", "recipients")):
            if key in more:
                event[role] = self.known(ids(more[key]))
        if "at" in more:
            event["places"] = [nearest(self.text, p, near) for p in listing(more["at"]) if p != "-"]
        if "on" in more:
            event["date"] = nearest(self.text, more["on"], near) if more["on"] != "-" else None
        if "st" in more:
            event["status"] = ids(more["st"])


def answers(files: Iterable[Path]) -> Iterator[tuple[Path, str, list[str]]]:
    """The lines of each article in files of answers."""
    for file in files:
        name, lines = "", list[str]()
        for line in file.read_text("utf-8").splitlines():
            if line.startswith("@ "):
                if name:
                    yield file, name, lines
                name, lines = line[2:].strip(), []
            elif line.strip() and not line.startswith("#"):
                lines.append(line)
        if name:
            yield file, name, lines


def revised(articles: dict[str, Annotated], files: list[Path]) -> Iterator[tuple[str, Revision]]:
    """Each answered article, changed."""
    for file, name, lines in answers(files):
        suggestions = json.loads(file.with_suffix(".json").read_text("utf-8"))
        if name not in suggestions:
            raise SystemExit(f"{file}: {name} is not on this sheet")
        yield f"{file.name} {name}", Revision(articles[name], suggestions[name], lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("sheets", "check", "apply"))
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, default=Path("corpus/read.jsonl"))
    parser.add_argument("--records", type=Path)
    parser.add_argument("--blind", action="store_true", help="sheets of the held-out articles, with no model's word")
    parser.add_argument("--into", type=Path)
    parser.add_argument("files", type=Path, nargs="*")
    args = parser.parse_intermixed_args()
    articles = {a["id"]: a for a in load_read(args.corpus, args.shared)}
    if args.command == "sheets":
        if args.blind:
            write_sheets([Suggestions(a, NOTHING) for a in articles.values() if held_out(a)], args.into)
            return 0
        with args.records.open(encoding="utf-8") as lines:
            records = {r["document"]["id"]: r for r in map(json.loads, lines)}
        learnt = [articles[name] for name in records if name in articles and not held_out(articles[name])]
        write_sheets([Suggestions(a, records[a["id"]]) for a in learnt], args.into)
        return 0
    kept, bad = {}, 0
    for where, revision in revised(articles, args.files):
        bad += bool(revision.problems)
        for problem in revision.problems:
            print(f"{where}: {problem}")
        if args.command == "check":
            print(f"== {where}", *events_of({"text": revision.text, "events": revision.events}), sep="\n")
        kept[revision.article["id"]] = revision.kept()
    if args.command == "apply":
        old = {a["id"]: a for a in map(json.loads, args.corpus.read_text("utf-8").splitlines())}
        lines = [json.dumps(k, ensure_ascii=False, separators=(",", ":")) for _, k in sorted((old | kept).items())]
        (args.into or args.corpus).write_text("\n".join(lines) + "\n", "utf-8")
        print(f"{len(kept)} articles revised, {bad} with problems")
    return int(bool(bad) and args.command == "check")


if __name__ == "__main__":
    raise SystemExit(main())
