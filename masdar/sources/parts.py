"""Cut files into parts that are read apart, on other processes or machines: lines, rows or whole files.

A part names its file, where in it it lies and the state the file was in, so that the same words get the same part
however often a file is cut. Lines of `.jsonl` are found at once; those of `.jsonl.gz` only by reading all before them.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from masdar.errors import InputError
from masdar.sources import Found, checked
from masdar.sources.addresses import is_url
from masdar.sources.files import FEEDS, files_in, read_file
from masdar.sources.jsonl import read_lines
from masdar.sources.needed import needed

SINGLE = frozenset({"", ".txt", ".html", ".htm", ".xhtml"})  # kinds of files that hold one article each


@dataclass(frozen=True, slots=True)
class Part:
    """A file as it was (bytes, time of its last change), or a stretch of its lines or rows, counted from 1.

    `start` is where the first line begins, in bytes; `last` is 0 for a whole file.
    """

    file: str
    bytes: int
    changed: int
    first: int = 1
    last: int = 0
    start: int = 0

    @property
    def name(self) -> str:
        """news.jsonl 201-400."""
        return f"{self.file} {self.first}-{self.last}" if self.last else self.file

    @property
    def is_single(self) -> bool:
        """Whether it is one article, so that several parts may be read together."""
        return Path(self.file).suffix.lower() in SINGLE


def parts_of(source: str, size: int) -> Iterator[Part | InputError]:
    """The parts of a file or folder, in order, of so many articles at most; an error for what cannot be cut.

    CSV files, lists in JSON and web archives stay whole, however long they are.
    """
    root = Path(source)
    if is_url(source) or source == "-":
        yield InputError(f"{source} cannot be read on a cluster, only files can. Read it without --engine dask.")
    elif not root.exists():
        yield InputError(f"{source} does not exist. Give a file or a folder.")
    else:
        for file in [root] if root.is_file() else files_in(root):
            yield from parts_of_file(file.resolve(), size)


def parts_of_file(file: Path, size: int) -> Iterator[Part | InputError]:
    """The parts of one file."""
    name = file.name.lower()
    try:
        state = file.stat()
        whole = Part(str(file), state.st_size, state.st_mtime_ns)
        if name.endswith(FEEDS):
            yield InputError(f"{file} leads to the web. Read it without --engine dask.")
        elif name.endswith((".jsonl", ".jsonl.gz")):
            yield from parts_of_lines(whole, size)
        elif name.endswith(".parquet"):
            yield from parts_of_rows(whole, size)
        else:
            yield whole
    except (OSError, EOFError, ValueError) as error:
        yield InputError(f"{file} cannot be read: {error}. Check that it is whole and yours.")
    except InputError as error:
        yield error


def parts_of_lines(whole: Part, size: int) -> Iterator[Part]:
    """So many lines each."""
    first, start, end = 1, 0, 0
    number = 0
    with opened(whole.file) as lines:
        for number, line in enumerate(lines, 1):
            end += len(line)
            if number - first + 1 == size:
                yield stretch(whole, first, number, start)
                first, start = number + 1, end
    if number >= first:
        yield stretch(whole, first, number, start)


def parts_of_rows(whole: Part, size: int) -> Iterator[Part]:
    """So many rows each."""
    needed("pyarrow", "parquet", whole.file)
    from pyarrow.parquet import read_metadata

    rows = read_metadata(whole.file).num_rows
    for first in range(1, rows + 1, size):
        yield stretch(whole, first, min(first + size - 1, rows))


def stretch(whole: Part, first: int, last: int, start: int = 0) -> Part:
    """Some lines or rows of a file."""
    return Part(whole.file, whole.bytes, whole.changed, first, last, start)


def opened(file: str) -> BinaryIO:
    """The bytes of a file, unpacked."""
    return gzip.open(file, "rb") if file.lower().endswith(".gz") else Path(file).open("rb")  # type: ignore[return-value]


def open_part(part: Part) -> Found:
    """The articles of a part."""
    try:
        yield from checked(found_in(part), part.file)
    except (OSError, EOFError) as error:
        yield InputError(f"{part.name} cannot be read: {error}. Check that it is whole and can be seen from here.")


def found_in(part: Part) -> Found:
    """The articles of a part, in whatever language."""
    if not part.last:
        yield from read_file(Path(part.file))
    elif part.file.lower().endswith(".parquet"):
        from masdar.sources.parquet import read_parquet

        yield from read_parquet(Path(part.file), part.first, part.last)
    else:
        yield from found_in_lines(part)


def found_in_lines(part: Part) -> Found:
    """The articles of some lines."""
    with opened(part.file) as lines:
        skipped = part.first - 1
        if not part.file.lower().endswith(".gz"):
            lines.seek(part.start)
            skipped = 0
        yield from read_lines(islice(lines, skipped, skipped + part.last - part.first + 1), part.file, part.first)
