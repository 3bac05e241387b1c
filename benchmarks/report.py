"""Put the measured figures into docs/quality.md, between its two marks.

python -m benchmarks.report           rewrite the page
python -m benchmarks.report --check   only say whether it is up to date
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.articles import ROOT, Json
from benchmarks.results_file import load
from benchmarks.score import ANSWERS, LAYERS

PAGE = ROOT / "docs" / "quality.md"
START, END = "<!-- figures: python -m benchmarks.report -->", "<!-- end of figures -->"
SETS = {"golden": "Golden articles", "gold": "Gold articles"}
LINES = {
    "attributed": "quotations with the right speakers",
    "quotation": "quotations found",
    "exact": "quotations to the letter",
    "event": "events",
    "argument": "who, to whom, where, when",
    "mention": "names to the letter",
    "date": "dates",
    "speaker": "speaker",
    "stance": "stance",
    "cue": "cue",
    "claimed": "claimed or told",
    "status": "status of events",
    "value": "value of dates",
}


def figures() -> Iterator[str]:
    """The page's tables, paragraph by paragraph."""
    quality = load("quality")
    if quality:
        yield made(quality)
        for name, title in SETS.items():
            if quality.get(name):
                yield from one_set(title, quality[name])
        if quality.get("gsr"):
            yield sentences(quality["gsr"])
    if load("speed"):
        yield speed(load("speed"))
    if load("corpora"):
        yield corpora(load("corpora"))


def made(results: Json) -> str:
    """What the figures were made with."""
    return f"Measured on {results['date']} with model `{results['model']}`: `{results['command']}`."


def one_set(title: str, results: Json) -> Iterator[str]:
    """The tables of one set of articles."""
    rows = ["| | precision | recall | F1 | annotated |", "|---|---|---|---|---|"]
    for layer in LAYERS:
        got = results[layer]
        parts = " | ".join(f"{got[part]:.3f}" for part in ("precision", "recall", "f1"))
        rows.append(f"| {LINES[layer]} | {parts} | {got['annotated']} |")
    yield f"### {title} ({results['articles']})"
    yield "\n".join(rows)
    yield "Of what was found, right are: " + ", ".join(f"{LINES[one]} {results[one]:.3f}" for one in ANSWERS) + "."
    kinds = results["event"]["by_kind"].items()
    yield "Events by type (F1): " + ", ".join(f"{kind} {value:.2f}" for kind, value in kinds) + "."


def sentences(results: Json) -> str:
    """The table of judged sentences."""
    rows = [
        "### Judged sentences\n",
        "| events told as done | sentences | precision | recall | F1 |",
        "|---|---|---|---|---|",
    ]
    for kind, got in results.items():
        for name, figures in ((kind, got), (f"{kind}, confidence over 0.5", got["likely"])):
            parts = " | ".join(f"{figures[part]:.3f}" for part in ("precision", "recall", "f1"))
            rows.append(f"| {name} | {got['sentences']} | {parts} |")
    return "\n".join(rows)


def speed(results: Json) -> str:
    """Speed, with the machine named."""
    machine = results["machine"]
    return (
        f"### Speed\n\n{results['articles_per_second']} articles a second ({results['records']} of "
        f"{results['articles']} articles read, {results['cpu_seconds']} s of processor time, "
        f"{results['jobs']} processes, {results['peak_rss_mib']} MiB in all), `masdar --help` in "
        f"{results['help_seconds']} s, the first record of a cold start in {results['first_record_seconds']} s; on "
        f"{machine['processor']}, {machine['cores']} cores, Python {machine['python']}, load {machine['load']} "
        f"when the run ended ({results['date']}, model `{results['model']}`)."
    )


def corpora(results: Json) -> str:
    """What the corpora gave."""
    rows = [
        f"### Real articles read through\n\n{results['date']}, model `{results['model']}`.\n",
        "| corpus | articles | broken | violations | quotations | no speaker | events | claimed | places resolved |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, got in results["corpora"].items():
        rows.append(
            f"| {name} | {got['articles']} | {got['broken']} | {got['violations']} | {got['quotations']} "
            f"| {got['quotations without speaker']} | {got['events']} | {got['events claimed']} "
            f"| {got['places resolved']} of {got['places']} |"
        )
    return "\n".join(rows)


def rewritten(page: str) -> str:
    """The page with today's figures."""
    before, _, rest = page.partition(START)
    after = rest.partition(END)[2]
    return "\n\n".join([before + START, *figures(), END + after])


def main(page: Path = PAGE) -> int:
    """Rewrite the page, or check it."""
    old = page.read_text(encoding="utf-8")
    new = rewritten(old)
    if "--check" in sys.argv[1:]:
        if new != old:
            print(f"{page} is stale: run python -m benchmarks.report", file=sys.stderr)
        return int(new != old)
    page.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
