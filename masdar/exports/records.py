"""Records to export from a file of JSON lines; masdar/exports/stored.py takes them from a store."""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, cast

from masdar.errors import InputError
from masdar.exports.options import Json
from masdar.record import SCHEMA

NEEDED = "Give what `masdar read --json` prints."


def records_of_file(path: str) -> Iterator[Json]:
    """The records of a file of JSON lines (.jsonl, .jsonl.gz), or of the standard input for "-".

    Raises:
        InputError: a line is no record; an export with a gap would not show it.
    """
    if path == "-":
        yield from records_of_lines(sys.stdin.buffer, "standard input")
        return
    try:
        with opened(Path(path)) as lines:
            yield from records_of_lines(lines, path)
    except FileNotFoundError as error:
        raise InputError(f"There is no file {path}. {NEEDED}") from error
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path} cannot be read: {said(error)}. {NEEDED}") from error


def said(error: Exception) -> str:
    """What is wrong, without the number and name that Python puts around it."""
    return (isinstance(error, OSError) and error.strerror) or str(error)


def opened(path: Path) -> IO[bytes]:
    """A file, decompressed if need be."""
    return cast("IO[bytes]", gzip.open(path, "rb")) if path.suffix == ".gz" else path.open("rb")


def records_of_lines(lines: Iterable[bytes], where: str) -> Iterator[Json]:
    """A record a line; empty lines are passed over."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield record_of(line, f"{where} line {number}")


def record_of(line: bytes, where: str) -> Json:
    """The record of a line."""
    try:
        record = json.loads(line)
    except ValueError as error:
        raise InputError(f"{where} is not JSON: {error}. {NEEDED}") from error
    if not isinstance(record, dict) or record.get("schema") != SCHEMA:
        raise InputError(f"{where} is no record of the form {SCHEMA}. {NEEDED}")
    return record
