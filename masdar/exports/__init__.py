"""Records in the formats that others read.

Every format is one file with one function that takes records as they come, a place to write to and options. Nothing is
held but the record at hand; a place holds a whole export or none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from masdar.exports.csv import write_csv
from masdar.exports.ftm import write_ftm
from masdar.exports.gdelt import write_gdelt
from masdar.exports.gdelt_mentions import write_gdelt_mentions
from masdar.exports.jsonl import write_jsonl
from masdar.exports.options import Json, Options
from masdar.exports.parquet import write_parquet
from masdar.exports.plover import write_plover
from masdar.exports.polecat import write_polecat

Write = Callable[[Iterable[Json], Path | None, Options], None]

EXPORTS: dict[str, Write] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "parquet": write_parquet,
    "plover": write_plover,
    "polecat": write_polecat,
    "gdelt": write_gdelt,
    "gdelt-mentions": write_gdelt_mentions,
    "ftm": write_ftm,
}
FOLDERS = frozenset({"csv", "parquet"})  # several files each
# layouts that cannot say that an event was claimed or did not happen
UNMARKED = frozenset({"polecat", "gdelt", "gdelt-mentions"})
