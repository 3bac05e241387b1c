"""Articles to measure with: golden ones (ours), gold ones (held in ../shared), and plain corpora.

An annotated article is a dictionary in the form of the gold files: offsets into `text`, as lists of
start and end; `zones` that are not read are left out of the measure.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from masdar.reader import Reader
from masdar.types import Article, Record
from training.authored import Reading

Json = dict[str, Any]
ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden"
SHARED = ROOT.parent / "shared"
OUT = Path(__file__).parent / "out"
RESULTS = Path(__file__).parent / "results"
BREAKS = (LookupError, ValueError, TypeError, AttributeError)  # what a mistake of ours raises
OPENING, CLOSING = '"«“”„‟‹[(', '"»”“‟›])'


def golden_files() -> list[Path]:
    """The golden articles, in order of their names."""
    return sorted(GOLDEN.glob("*.xml"))


def golden_digest() -> str:
    """What the golden files hold: names and bytes."""
    digest = hashlib.sha256()
    for path in golden_files():
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return "sha256:" + digest.hexdigest()


def load_golden() -> list[Json]:
    """The golden articles as annotated articles.

    Raises:
        ValueError: an annotation that does not hold together.
    """
    return [golden_article(path) for path in golden_files()]


def golden_article(path: Path) -> Json:
    """One golden article, with its title zone and the kinds of its quotations."""
    reading = Reading(path)
    if reading.problems:
        raise ValueError(f"{path}: {'; '.join(reading.problems)}. See docs/annotating.md.")
    article = reading.kept()
    text = article["text"]
    title = text.split("\n", 1)[0]
    article["title"], article["published"] = title, article["published"] or None
    article["zones"] = [{"kind": "title", "start": 0, "end": len(title)}, *article["zones"]]
    for quotation in article["quotations"]:
        quotation["kind"] = kind_of(text, quotation["contents"])
    return article


def kind_of(text: str, contents: list[tuple[int, int]]) -> str:
    """Whether contents stand in quotation marks: direct, indirect or mixed."""
    if all(text[:start].endswith(tuple(OPENING)) for start, _ in contents):
        return "direct"
    inner = "".join(text[start:end] for start, end in contents)
    return "mixed" if any(mark in inner for mark in OPENING + CLOSING) else "indirect"


def load_gold(folder: Path | None = None) -> list[Json]:
    """The gold articles, or none where the folder is missing."""
    files = sorted((folder or SHARED / "gold" / "dev").glob("*.json"))
    return [json.loads(path.read_text(encoding="utf-8")) for path in files]


def to_article(annotated: Json) -> Article:
    """What the reader is given of an annotated article or a corpus line."""
    known = {name: annotated.get(name) for name in ("title", "source", "url", "published")}
    return Article(id=annotated["id"], text=annotated["text"], **known)


def read(reader: Reader, article: Article) -> Record:
    """The record; if reading breaks, the error says of which article."""
    try:
        return reader.read(article)
    except BREAKS as error:
        error.add_note(f"while reading {article.id}")
        raise


def corpora() -> list[Path]:
    """The corpus files that lie in ../shared."""
    return sorted((SHARED / "corpora").glob("*.jsonl.gz"))


def sample(path: Path, count: int) -> list[Json]:
    """Articles spread evenly over a corpus file, the same ones each time."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        everything = list(lines)
    step = max(1, len(everything) // count)
    return [json.loads(line) for line in everything[::step][:count]]


def write_lines(path: Path, items: Iterator[Json] | list[Json]) -> None:
    """JSON lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(item, ensure_ascii=False) + "\n" for item in items)
