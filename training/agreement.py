"""How well two readers agree, blind to each other: one as gold, the other as records, by score.py.

    python -m training.agreement --docs FOLDER --first FOLDER --second FOLDER --score ../shared/gold/score.py

Both folders hold .ann files of the same articles; the first may hold gold files instead (ID.json, as training.held
writes them). Prints the scorer's figures.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from training.notation import annotate

Json = dict[str, Any]


def first_reading(docs: Path, folder: Path, name: str) -> Json | None:
    """The first reader's annotation of an article as a gold file, if there is one."""
    kept = folder / f"{name}.json"
    if kept.exists():
        gold: Json = json.loads(kept.read_text("utf-8"))
        return gold
    written = folder / f"{name}.ann"
    return as_gold(docs, written) if written.exists() else None


def as_gold(docs: Path, file: Path) -> Json:
    """A reader's annotation in the form of a gold file."""
    found = annotate(docs, file)
    kept = found.kept()
    text = found.text
    title = {"kind": "title", "start": 0, "end": text.find("\n")}
    for entity in kept["entities"]:
        entity["name"] = name_of(entity, text)
    return kept | {
        "text": text,
        "zones": [title, *kept["zones"]],
        "quotations": [q | {"kind": "direct"} for q in kept["quotations"]],
    }


def name_of(entity: Json, text: str) -> str:
    named = [m for m in entity["mentions"] if m["form"] == "name"] or entity["mentions"]
    return str(text[named[0]["start"] : named[0]["end"]]) if named else ""


def as_record(gold: Json) -> Json:
    """The same annotation in the form of a record; uncertain events are left out."""
    text = gold["text"]

    def words(span: list[int] | None) -> Json | None:
        return None if span is None else {"start": span[0], "end": span[1], "text": text[span[0] : span[1]]}

    dates = [{"id": f"T{n}", **(words(d["span"]) or {}), "value": d["value"]} for n, d in enumerate(gold["dates"])]
    by_start = {d["start"]: d["id"] for d in dates}
    places: list[Json] = []
    events = []
    for event in gold["events"]:
        if not event["certain"]:
            continue
        names = []
        for place in event["places"]:
            names.append(f"P{len(places)}")
            places.append({"id": names[-1], **(words(place) or {})})
        date = by_start.get(event["date"][0]) if event["date"] else None
        events.append(event | {"trigger": words(event["trigger"]), "places": names, "date": date})
    quotations = [
        q | {"cue": words(q["cue"]), "contents": [words(c) for c in q["contents"]]} for q in gold["quotations"]
    ]
    return {
        "document": {"id": gold["id"], "text": text},
        "entities": gold["entities"],
        "quotations": quotations,
        "events": events,
        "places": places,
        "dates": dates,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("docs", "first", "second", "score"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        gold = Path(folder) / "gold"
        gold.mkdir()
        records = Path(folder) / "records.jsonl"
        lines = []
        for file in sorted(args.second.glob("*.ann")):
            first = first_reading(args.docs, args.first, file.stem)
            if first is None:
                continue
            (gold / f"{file.stem}.json").write_text(json.dumps(first), "utf-8")
            lines.append(json.dumps(as_record(as_gold(args.docs, file))))
        records.write_text("\n".join(lines), "utf-8")
        sys.stdout.flush()
        subprocess.run([sys.executable, str(args.score), str(gold), str(records)], check=True)


if __name__ == "__main__":
    main()
