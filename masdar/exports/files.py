"""Files that are whole or not there: written under another name beside the place, renamed when all is in them."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from masdar.errors import InputError


@contextmanager
def new_file(into: Path | None) -> Iterator[TextIO]:
    """A text file in UTF-8 with \\n between lines; None is the standard output.

    Raises:
        InputError: the place cannot be written.
    """
    if into is None:
        yield from standard_output()
        return
    part = part_of(into)
    try:
        with writable(into), part.open("x", encoding="utf-8", newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        with writable(into):
            part.replace(into)
    finally:
        part.unlink(missing_ok=True)


def standard_output() -> Iterator[TextIO]:
    """The standard output, whatever the terminal's encoding is."""
    out = TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=False)
    try:
        yield out
        out.flush()
    finally:
        out.detach()


@contextmanager
def new_folder(into: Path | None, names: Collection[str]) -> Iterator[Path]:
    """A folder to be filled with files of these names; an earlier one with no others in it is replaced.

    Raises:
        InputError: no folder was named, something else is there, or the place cannot be written.
    """
    if into is None:
        raise InputError("This format is several files. Say into which folder with --into FOLDER.")
    require_replaceable(into, names)
    part = part_of(into)
    try:
        with writable(into):
            part.mkdir()
        with writable(into):
            yield part
            replace_folder(part, into)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def require_replaceable(into: Path, names: Collection[str]) -> None:
    """Nothing that a user keeps is deleted."""
    if not into.exists():
        return
    if not into.is_dir():
        raise InputError(f"{into} is a file. This format is several files: name a folder.")
    others = [path.name for path in into.iterdir() if path.name not in names]
    if others:
        raise InputError(
            f"{into} holds {others[0]}, which is not of this export. Name a folder that does not exist yet."
        )


def replace_folder(part: Path, into: Path) -> None:
    """Put a folder in the place of an earlier one."""
    if into.exists():
        old = part_of(into).with_suffix(".old")
        into.replace(old)
        part.replace(into)
        shutil.rmtree(old)
        return
    part.replace(into)


def part_of(into: Path) -> Path:
    """The name under which something is written: hidden, beside its place, of this process."""
    return into.with_name(f".{into.resolve().name}.{os.getpid()}.part")


@contextmanager
def writable(into: Path) -> Iterator[None]:
    """What the system says against writing, as an error of masdar."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(
            f"{into} cannot be written: {error.strerror or error}. Make room there, or name another place with --into."
        ) from error
