"""Units of work for many processes or machines: some articles of some files, read into one shard.

What a unit is called follows from its files, as they were, and from the versions that read it. So a unit that was
interrupted is done again under the same name and gives the same bytes, and one that is there is not done again.
"""

from __future__ import annotations

import hashlib
import json
import re
import traceback
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

from masdar.errors import InputError, MasdarError
from masdar.sources.parts import Part, open_part, parts_of
from masdar.store.packed import Packed, packed
from masdar.store.shards import FORM, SUFFIX, Row, row_of, write_shard
from masdar.types import Article, MadeBy

if TYPE_CHECKING:
    from masdar.reader import Reader

UNSAFE = re.compile(r"[^\w.-]+")
LONGEST_STEM = 60  # letters of a file's name in that of its shard


class Reads(Protocol):
    """What reads an article in a worker."""

    @property
    def made_by(self) -> MadeBy:
        """The versions that stand in its records."""

    def read(self, article: Article) -> Packed:
        """The record, packed.

        Raises:
            InputError: this article cannot be read.
        """


@dataclass(frozen=True, slots=True)
class Plan:
    """How files are to be read: articles in a unit, folder of the shards, versions, date of articles without one."""

    folder: Path
    made_by: MadeBy
    size: int = 200
    published: str | None = None

    def units(self, source: str) -> Iterator[Unit | InputError]:
        """The units of a file or folder, in order; an error for what cannot be read on a cluster."""
        some: list[Part] = []
        for part in parts_of(source, self.size):
            if isinstance(part, InputError):
                yield part
                continue
            if some and not (part.is_single and some[-1].is_single and len(some) < self.size):
                yield self.unit(some)
                some = []
            some.append(part)
        if some:
            yield self.unit(some)

    def unit(self, parts: list[Part]) -> Unit:
        """A unit of some parts."""
        return Unit(tuple(parts), self.folder.resolve(), self.made_by, self.published)


@dataclass(frozen=True, slots=True)
class Unit:
    """Parts of files that are read into one shard."""

    parts: tuple[Part, ...]
    folder: Path
    made_by: MadeBy
    published: str | None = None

    @property
    def name(self) -> str:
        """For messages: news.jsonl 201-400."""
        others = len(self.parts) - 1
        return self.parts[0].name + (f" and {others} more" if others else "")

    @property
    def shard(self) -> Path:
        """Where its shard lies, or will lie."""
        told = [[asdict(part) for part in self.parts], asdict(self.made_by), self.published, FORM]
        digest = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:12]
        stem = UNSAFE.sub("_", Path(self.parts[0].file).name.split(".")[0])[:LONGEST_STEM]
        return self.folder / f"{stem}-{self.parts[0].first:09}-{digest}{SUFFIX}"

    def articles(self) -> Iterator[Article | InputError]:
        """What its files hold there."""
        for part in self.parts:
            for article in open_part(part):
                if isinstance(article, Article) and article.published is None and self.published:
                    article = replace(article, published=self.published)
                yield article


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a unit: articles and lines in its shard, and how many of them could not be read."""

    rows: int
    failed: int
    was_there: bool = False


def read_unit(unit: Unit, reads: Reads) -> Outcome:
    """Read a unit and write its shard, unless it is there.

    Raises:
        OSError: the folder of the shards cannot be written.
        ModelError, LexiconError: this process cannot read anything.
    """
    if unit.shard.exists():
        return outcome_there(unit)
    metadata = {"unit": unit.name, **asdict(unit.made_by)}
    return Outcome(*write_shard(unit.shard, rows(unit, reads), metadata))


def outcome_there(unit: Unit) -> Outcome:
    """What came of a unit that was done before."""
    from pyarrow.parquet import ParquetFile

    with ParquetFile(unit.shard) as table:
        errors = table.read(["error"])["error"]
        return Outcome(len(errors), len(errors) - errors.null_count, was_there=True)


def rows(unit: Unit, reads: Reads) -> Iterator[Row]:
    """The row of each article of a unit."""
    for item in unit.articles():
        yield row_of(item, answer_to(item, reads) if isinstance(item, Article) else item)


def answer_to(article: Article, reads: Reads) -> Packed | InputError:
    """What came of an article. One that a mistake of the program breaks on is lost alone."""
    try:
        return reads.read(article)
    except InputError as error:
        return error
    except (MasdarError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - the batch loop of a worker, see style.md 7
        at = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(at.filename).name} line {at.lineno}"
        return InputError(
            f"article {article.id} was lost: {type(error).__name__}: {error} ({where}). "
            "Read it alone with masdar read to see why."
        )


@dataclass(frozen=True, slots=True)
class HereReads:
    """The reader of this process."""

    reader: Reader
    made_by: MadeBy

    @classmethod
    def load(cls, overrides: Path | None = None) -> Self:
        """The reader that ships with masdar, for one core.

        Raises:
            ModelError, LexiconError: a shipped file or one of the overrides is missing or malformed.
        """
        from masdar.reader import Reader, made_by

        reader = Reader.load(threads=1, overrides=overrides)
        return cls(reader, made_by(reader.tagger, reader.gazetteer))

    def read(self, article: Article) -> Packed:
        """The record, packed."""
        return packed(self.reader.read(article))
