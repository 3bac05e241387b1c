"""The held-out articles in the gold set's form, so that score.py measures a model on them too.

    python -m training.held --shared ../shared --into FOLDER

Thresholds are chosen here, never on the gold articles. FOLDER gets article texts: keep it out of the project.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from masdar.steps.quotations import kind_of
from masdar.steps.zones import find_zones
from masdar.text.quotes import pair_marks
from masdar.types import Article, Span
from training.data import held_out, load_read

Json = dict[str, Any]


def as_gold(annotated: Json) -> Json:
    """An annotation of the corpus as a gold file: kinds by the marks, zones by the rules and the reader."""
    text = annotated["text"]
    marks = pair_marks(text)
    for entity in annotated["entities"]:
        named = [m for m in entity["mentions"] if m["form"] == "name"] or entity["mentions"]
        entity["name"] = text[named[0]["start"] : named[0]["end"]] if named else ""
    for quotation in annotated["quotations"]:
        quotation["kind"] = kind_of([Span(*c) for c in quotation["contents"]], marks, text).value
    article = Article(annotated["id"], text, annotated["title"], published=annotated["published"])
    zones = [{"kind": z.kind.value, "start": z.span.start, "end": z.span.end} for z in find_zones(article)]
    kept = [z for z in zones if z["kind"] in ("title", "body", "dateline")]
    return annotated | {
        "zones": [*(z | {"kind": "body" if z["kind"] == "dateline" else z["kind"]} for z in kept), *annotated["zones"]]
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--into", type=Path, required=True)
    args = parser.parse_args()
    args.into.mkdir(parents=True, exist_ok=True)
    for annotated in load_read(Path("corpus/read.jsonl"), args.shared):
        if held_out(annotated):
            path = args.into / f"{annotated['id']}.json"
            path.write_text(json.dumps(as_gold(annotated), ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()
