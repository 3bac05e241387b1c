"""Shards: records in Parquet files, between the machines that read and the store that keeps.

A shard has one row for each article: the record itself (`record`, the line of JSON of docs/record.md), its layers once
more as columns that any program can query, the vectors of its sentences, and the error of what could not be read. It
is written under another name and renamed when it is whole; the same articles and versions give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from masdar.errors import InputError, MasdarError
from masdar.store import Store
from masdar.store.ingest import WAITS, Answer, Ingest, Item, Memory, Tally
from masdar.store.packed import Packed
from masdar.store.rows import REPLACEMENT, UNSTORABLE
from masdar.store.write import Writer
from masdar.types import Article, MadeBy, Meaning, Span

if TYPE_CHECKING:
    import pyarrow as pa

Json = dict[str, Any]
Row = dict[str, Any]
Found = tuple[Article | InputError, Packed | InputError]  # what a row is of, and what came of it

SUFFIX = ".records.parquet"
FORM = "masdar/shard/1"  # in the metadata of each; another number when older ones cannot be taken any more
TOGETHER = 200  # rows in a row group
AT_A_TIME = 32  # rows in memory while a shard is taken into a store
DIMENSIONS = 384
ARTICLE = ("id", "title", "text", "published", "source", "url")


def schema(metadata: dict[str, str]) -> pa.Schema:
    """The columns of a shard."""
    import pyarrow as pa

    words = {"start": pa.int32(), "end": pa.int32(), "text": pa.string()}
    strings, of = pa.list_(pa.string()), columns_of
    role = of(pa.string(), "title organization country")
    mention = pa.struct({**words, "form": pa.string()})
    entity = {**of(pa.string(), "id type name name_latin rank country wikidata"), "sectors": strings}
    entity |= {"roles": pa.list_(pa.struct(role)), "mentions": pa.list_(mention)}
    quotation = {**of(pa.string(), "id kind stance"), **of(strings, "speakers addressees via")}
    quotation |= {**of(pa.struct(words), "cue speaker_span"), "contents": pa.list_(pa.struct(words))}
    event = {**of(pa.string(), "id type date claimed_in cameo"), "trigger": pa.struct(words), "quad": pa.int8()}
    event |= {**of(strings, "modes contexts actors recipients places status"), "score": pa.float64()}
    place = {"id": pa.string(), **words, **of(pa.string(), "entity country admin1 resolution within")}
    place |= {"geonameid": pa.int64(), **of(pa.float64(), "lat lon"), "claimed_by": strings}
    date = {"id": pa.string(), **words, **of(pa.string(), "value end_value granularity kind resolved_by")}
    confidence = {"confidence": pa.float64()}
    layers = {
        "entities": entity,
        "quotations": quotation | confidence,
        "events": event | confidence,
        "places": place,
        "dates": date,
        "warnings": of(pa.string(), "code message"),
    }
    columns = {
        **of(pa.string(), "id source published title url record error article"),
        **{name: pa.list_(pa.struct(fields)) for name, fields in layers.items()},
        "spans": pa.list_(pa.int32()),
        "vectors": pa.binary(),
    }
    return pa.schema(columns, metadata)


def columns_of(kind: pa.DataType, names: str) -> dict[str, pa.DataType]:
    """Several columns of one kind."""
    return dict.fromkeys(names.split(), kind)


def row_of(item: Article | InputError, answer: Packed | InputError) -> Row:
    """The row of an article that was read, or of one that could not be."""
    if isinstance(answer, InputError):
        article = json.dumps(asdict(item)) if isinstance(item, Article) else None
        id = cleaned(item.id) if isinstance(item, Article) else None
        return {"id": id, "error": cleaned(str(answer)), "article": article}
    record = json.loads(answer.line)
    line = answer.line if is_storable(answer.line) else json.dumps(record)
    shown = record if line is answer.line else json.loads(cleaned(answer.line))
    document = shown["document"]
    return {
        **{name: document[name] for name in ("id", "source", "published", "title", "url")},
        "record": line,
        **{name: shown[name] for name in ("entities", "quotations", "events", "places", "dates", "warnings")},
        **meaning_columns(answer.meaning),
    }


def is_storable(text: str) -> bool:
    """Whether Parquet can hold a text: it takes no halves of characters."""
    return UNSTORABLE.search(text) is None


def cleaned(text: str) -> str:
    """The text as Parquet can hold it."""
    return UNSTORABLE.sub(REPLACEMENT, text)


def meaning_columns(meaning: Meaning | None) -> Row:
    """The spans of the sentences, one number after the other, and their vectors, one after the other."""
    if meaning is None:
        return {}
    return {"spans": [place for span in meaning.sentences for place in span], "vectors": meaning.vectors.tobytes()}


def write_shard(path: Path, rows: Iterable[Row], metadata: dict[str, str]) -> tuple[int, int]:
    """Write a shard, whole or not at all; how many rows it has, and how many of them are failures."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    path.parent.mkdir(parents=True, exist_ok=True)
    part = part_of(path)
    form = schema({"form": FORM, **metadata})
    read = failed = 0
    try:
        with part.open("wb") as file:
            with ParquetWriter(file, form, compression="zstd") as writer:
                for some in grouped(rows):
                    writer.write_table(pa.Table.from_pylist(some, form))
                    failed += sum("error" in row for row in some)
                    read += len(some)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return read, failed


def part_of(path: Path) -> Path:
    """The name under which a shard is written: hidden, beside its place, of this process."""
    return path.with_name(f".{path.name}.{platform.node()}.{os.getpid()}.part")


def remove_parts(path: Path) -> None:
    """Remove what writers of a shard left behind that were killed; the shard itself is there."""
    for part in path.parent.glob(f".{path.name}.*.part"):
        part.unlink(missing_ok=True)


def grouped(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """So many rows at a time as a row group has."""
    some: list[Row] = []
    for row in rows:
        some.append(row)
        if len(some) == TOGETHER:
            yield some
            some = []
    if some:
        yield some


def shards_in(source: str) -> list[Path]:
    """The shards that a path names: itself, or what is in its folders. None when it names something else."""
    root = Path(source)
    if source.endswith(SUFFIX):
        return [root]
    if not root.is_dir():
        return []
    return [path for path in sorted(root.rglob(f"*{SUFFIX}")) if not path.name.startswith(".")]


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard that is there: its file, what it is of, who made it, how many rows it has and a name for its content."""

    path: Path
    unit: str
    made_by: MadeBy
    rows: int
    key: str

    @classmethod
    def open(cls, path: Path) -> Shard:
        """Look at a file.

        Raises:
            InputError: it is not there, not whole, or no shard that this masdar takes.
        """
        from masdar.sources.needed import needed

        needed("pyarrow", "parquet", str(path))
        from pyarrow import ArrowException
        from pyarrow.parquet import read_metadata

        try:
            footer = read_metadata(path)
        except (ArrowException, OSError) as error:
            raise InputError(f"{path} cannot be read: {error}. Delete it and have it made again.") from error
        told = {
            key.decode(): value.decode() for key, value in (footer.metadata or {}).items() if key != b"ARROW:schema"
        }
        if told.get("form") != FORM:
            raise InputError(f"{path} is no shard of this version of masdar (it is {told.get('form')}). Make it anew.")
        made_by = MadeBy(**{name: told[name] for name in ("program", "model", "gazetteer")})
        return cls(path, told["unit"], made_by, footer.num_rows, hashlib.sha256(path.name.encode()).hexdigest()[:16])

    def found(self) -> Iterator[Found]:
        """What the rows are of and what came of them, in order.

        Raises:
            InputError: the file is broken.
        """
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile

        columns = ["record", "error", "article", "spans", "vectors"]
        try:
            with ParquetFile(self.path) as table:
                for batch in table.iter_batches(AT_A_TIME, columns=columns):
                    yield from map(found_in, batch.to_pylist())
        except (ArrowException, OSError) as error:
            raise InputError(f"{self.path} is broken: {error}. Delete it and have it made again.") from error


def found_in(row: Row) -> Found:
    """What a row is of, and what came of it."""
    if row["record"] is None:
        error = InputError(row["error"])
        return (Article(**json.loads(row["article"])) if row["article"] else error), error
    record = json.loads(row["record"])
    document = record["document"]
    line = row["record"]
    if line.isascii():  # escaped, since it holds what Parquet cannot
        line = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return Article(**{name: document[name] for name in ARTICLE}), Packed(line, meaning_of(row))


def meaning_of(row: Row) -> Meaning | None:
    """The meaning of the sentences."""
    if row["vectors"] is None:
        return None
    flat = row["spans"]
    spans = tuple(Span(*pair) for pair in zip(flat[::2], flat[1::2], strict=True))
    return Meaning(spans, np.frombuffer(row["vectors"], np.int8).reshape(-1, DIMENSIONS))


@dataclass(slots=True)
class Loading:
    """Takes shards into a store, without a model. What a store has taken once it does not take again."""

    store: Store
    report: Callable[[MasdarError], None] = lambda error: None
    waits: tuple[float, ...] = WAITS
    tally: Tally = field(default_factory=Tally)

    def shards(self, paths: Iterable[Path]) -> Iterator[Answer]:
        """Take some shards; one that is broken is reported, and the others are taken."""
        for path in paths:
            try:
                shard = Shard.open(path)
            except InputError as error:
                yield self.failure(error, str(path))
            else:
                yield from self.shard(shard)

    def shard(self, shard: Shard) -> Iterator[Answer]:
        """Take one shard; of articles that the store has in another version, this one counts."""
        memory = Memory(self.store.view())
        before = memory.get(shard.unit).get("shards", [])
        if shard.key in before:
            self.tally.known += shard.rows
            return
        answers: dict[Article, Packed | InputError] = {}
        found = self.noted(shard, answers)
        told = {"kind": "shard", "shards": [*before, shard.key]}
        run = self.run(shard.made_by, lambda items: passed_on(items, answers))
        yield from run.articles([(shard.unit, remembered(found, memory, shard.unit, told))], memory)

    def failure(self, error: InputError, source: str) -> InputError:
        """Report and keep that something could not be read at all."""
        self.report(error)
        self.write(lambda writer: writer.fail(str(error), str(error), source))
        self.tally.failed += 1
        return error

    def over(self, source: str, since: str) -> None:
        """Note that a source was gone through; its failures of before are over."""
        self.write(lambda writer: writer.visited(source))
        self.write(lambda writer: writer.outlived(source, since))

    def write(self, action: Callable[[Writer], None]) -> None:
        """Do something in a transaction, trying again for a while when the database is gone, full or busy."""

        def once() -> None:
            with self.store.writer() as writer:
                action(writer)

        self.run(MadeBy("", "", ""), lambda items: passed_on(items, {})).patiently(once)

    def run(self, made_by: MadeBy, read: Callable[[Iterator[Item]], Generator[Answer, None, None]]) -> Ingest:
        """A run whose answers are there already."""
        return Ingest(self.store, made_by, read, self.report, self.waits, tally=self.tally)

    def noted(self, shard: Shard, answers: dict[Article, Packed | InputError]) -> Iterator[Article | InputError]:
        """What the rows are of; their answers are put aside."""
        for item, answer in shard.found():
            if isinstance(item, Article):
                answers[item] = answer
            yield item


def remembered(
    found: Iterator[Article | InputError], memory: Memory, name: str, state: Json
) -> Iterator[Article | InputError]:
    """What a shard holds; when all of it was had, it is noted that it was. A broken one ends with its error."""
    try:
        yield from found
    except InputError as error:
        yield error
    else:
        memory.put(name, state)


def passed_on(items: Iterator[Item], answers: dict[Article, Packed | InputError]) -> Generator[Answer, None, None]:
    """The answers of the articles, which were read elsewhere; they come one by one with their articles."""
    for item in items:
        answer = answers.pop(item) if isinstance(item, Article) else item
        answers.clear()  # of an article that the store has
        yield answer
