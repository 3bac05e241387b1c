"""How much of a TIMEX3 corpus the times step finds: `python -m benchmarks.timex FOLDER [--detail]`.

FOLDER holds TimeML files (*.tml). Counted are expressions of type DATE by overlap. TimeML also calls words
for now, recently and soon (الآن, مؤخرا: values PRESENT_REF, PAST_REF, FUTURE_REF, UNDEF-*) dates; a record
of masdar leaves them out, so they are asked for here (`deictic`), and are shown apart.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

from masdar.steps.times import TimeWords, find_times, load_time_words
from masdar.text.fold import fold
from masdar.types import Span

TAG = re.compile(r"<TIMEX3([^>]*)>|</TIMEX3>")
OTHER_TAG = re.compile(r"<[^>]*>")
VALUE, TYPE = re.compile(r'value="([^"]*)"'), re.compile(r'type="([^"]*)"')
VAGUE = ("PRESENT", "PAST", "FUTURE", "UNDEF")


def read_timex(source: str) -> tuple[str, list[tuple[Span, str, str]]]:
    """The text without tags, and each TIMEX3 with its type and value."""
    text, found, end = "", [], 0
    open_tags: list[tuple[int, str]] = []
    for tag in TAG.finditer(source):
        text += OTHER_TAG.sub("", source[end : tag.start()])
        end = tag.end()
        if tag.group(1) is not None:
            open_tags.append((len(text), tag.group(1)))
        elif open_tags:
            start, attributes = open_tags.pop()
            found.append((Span(start, len(text)), first(TYPE, attributes), first(VALUE, attributes)))
    return text + OTHER_TAG.sub("", source[end:]), found


def first(pattern: re.Pattern[str], attributes: str) -> str:
    """An attribute of a tag, "" if it is missing."""
    found = pattern.search(attributes)
    return found.group(1) if found else ""


def count_file(path: Path, words: TimeWords, counts: Counter[str]) -> list[str]:
    """Count one file; the expressions missed."""
    text, timexes = read_timex(path.read_text(encoding="utf-8-sig"))
    times = find_times(text, fold(text), words, None, deictic=True)
    missed = []
    for span, kind, value in timexes:
        if kind != "DATE":
            continue
        group = "vague" if value.startswith(VAGUE) else "dates"
        is_found = any(span.overlaps(time.span) for time in times)
        counts[f"{group} {'found' if is_found else 'missed'}"] += 1
        if not is_found:
            missed.append(f"{path.name} {value}: {text[max(0, span.start - 20) : span.end + 20]!r}")
    counts["found"] += len(times)
    counts["found outside every TIMEX3"] += sum(
        not any(time.span.overlaps(span) for span, _, _ in timexes) for time in times
    )
    return missed


def main() -> None:
    """Count a folder and print recall."""
    folder = Path(next((word for word in sys.argv[1:] if word[:2] != "--"), "timex"))
    files = sorted(folder.glob("*.tml"))
    if not files:
        print(f"skipped: no *.tml files in {folder}")
        return
    words, counts, missed = load_time_words(), Counter[str](), list[str]()
    for path in files:
        missed += count_file(path, words, counts)
    for name, groups in {"DATE": ("dates", "vague"), "dates": ("dates",), "vague": ("vague",)}.items():
        hits = sum(counts[f"{group} found"] for group in groups)
        wanted = hits + sum(counts[f"{group} missed"] for group in groups)
        print(f"{name}: recall {hits / max(1, wanted):.3f} ({hits} of {wanted})")
    outside = counts["found outside every TIMEX3"]
    print(f"{counts['found']} found, {outside} outside every TIMEX3")
    if "--detail" in sys.argv:
        print(*missed, sep="\n")


if __name__ == "__main__":
    main()
