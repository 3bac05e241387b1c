"""Read many real articles and check that every record holds together."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from benchmarks.articles import BREAKS, SHARED, Json, corpora, read, sample, to_article
from benchmarks.invariants import violations
from benchmarks.results_file import save
from masdar.reader import Reader
from masdar.record import to_dict, to_json

EVERY = 10  # every tenth article is read twice
SHOWN = 20  # violations printed of each corpus


def run(count: int) -> None:
    """Read this many articles of each corpus file, write the results."""
    files = corpora()
    if not files:
        print(f"corpora: skipped, no articles at {SHARED / 'corpora'}")
        return
    reader = Reader.load()
    results = {path.name.removesuffix(".jsonl.gz"): check(reader, path, count) for path in files}
    print(f"written: {save('corpora', {'corpora': results}, reader.tagger.id, count)}")


def check(reader: Reader, path: Path, count: int) -> Json:
    """What a corpus gives, and what is wrong with its records."""
    counts, wrong = Counter[str](articles=0, broken=0), list[str]()
    for number, line in enumerate(sample(path, count)):
        counts["articles"] += 1
        try:
            record = read(reader, to_article(line))
        except BREAKS as error:
            counts["broken"] += 1
            wrong.append(f"{line['id']}: {error!r}")
            continue
        content = to_dict(record)
        wrong += [f"{line['id']}: {problem}" for problem in violations(content)]
        if number % EVERY == 0:
            counts["read twice"] += 1
            if to_json(read(reader, to_article(line))) != to_json(record):
                wrong.append(f"{line['id']}: other bytes when read again")
        counts.update(counted(content))
    print("\n".join(wrong[:SHOWN]) or f"{path.name}: every record holds together")
    return {**counts, "violations": len(wrong)}


def counted(content: Json) -> Counter[str]:
    """How much a record holds."""
    counts = Counter({kind: len(content[kind]) for kind in ("entities", "quotations", "events", "places", "dates")})
    counts["quotations without speaker"] = sum(not one["speakers"] for one in content["quotations"])
    counts["events claimed"] = sum(one["claimed_in"] is not None for one in content["events"])
    counts["places resolved"] = sum(one["resolution"] is not None for one in content["places"])
    counts["dates resolved"] = sum(one["value"] is not None for one in content["dates"])
    return counts
