"""Records as JSON lines: docs/record.md, one record a line, as `masdar read --json` prints them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from masdar.exports.files import new_file
from masdar.exports.options import Json, Options, shown

BREAKS = re.compile("[\x85\u2028\u2029]")  # ends of a line to some readers, though not to JSON


def write_jsonl(records: Iterable[Json], into: Path | None, options: Options) -> None:
    """One record a line. What is withheld is null."""
    with new_file(into) as file:
        for record in records:
            file.write(line_of(shown(record, options)) + "\n")


def line_of(value: Json) -> str:
    """A line of JSON that is one line to every reader, and UTF-8 also where the text has halves of characters."""
    line = BREAKS.sub(escaped, json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    try:
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"))
    return line


def escaped(found: re.Match[str]) -> str:
    """A character as JSON may write it: \\u2028."""
    return f"\\u{ord(found[0]):04x}"
