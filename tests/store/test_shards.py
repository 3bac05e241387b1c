"""Shards keep records to the letter, and go into both databases once, without a model."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from pyarrow.parquet import read_table

from masdar.errors import InputError
from masdar.schema import record_schema
from masdar.sources.parts import open_part, parts_of
from masdar.store import Store
from masdar.store.packed import Packed
from masdar.store.shards import Loading, Shard, row_of, schema, shards_in, write_shard
from masdar.store.write import Saving
from masdar.types import Article
from tests.store.records import TEXT, meaning, record
from tests.store.stub import VERSIONS, exported, read


def shard(path: Path, texts: list[str]) -> Path:
    """A shard of articles, one that could not be read, and a line that was none."""
    articles = [Article(f"a{number}", text) for number, text in enumerate(texts)]
    rows = [row_of(article, Packed(*read(article))) for article in articles]
    lost, bad = InputError("article lost was lost"), InputError("news.jsonl line 9 is not JSON")
    rows += [row_of(Article("lost", TEXT), lost), row_of(bad, bad)]
    write_shard(path, rows, {"unit": "news.jsonl 1-9", **asdict(VERSIONS)})
    return path


@pytest.mark.parametrize("text", [TEXT, TEXT + "\ud800\x00", TEXT * 3])
def test_records_come_back_to_the_letter(tmp_path: Path, text: str) -> None:
    made = record("a1", text=text)
    line = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
    path = tmp_path / "x.records.parquet"
    write_shard(path, [row_of(Article("a1", text), Packed(line, meaning(made)))], {"unit": "x", **asdict(VERSIONS)})
    ((article, answer),) = Shard.open(path).found()
    assert isinstance(article, Article)
    assert isinstance(answer, Packed)
    assert (article.text, answer.line) == (text, line)
    assert answer.meaning is not None
    assert answer.meaning.sentences == meaning(made).sentences
    assert np.array_equal(answer.meaning.vectors, meaning(made).vectors)


def test_the_same_articles_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = (shard(tmp_path / f"{name}.records.parquet", [TEXT] * 3) for name in "ab")
    assert first.read_bytes() == second.read_bytes()


def test_layers_can_be_queried(tmp_path: Path) -> None:
    rows = read_table(shard(tmp_path / "x.records.parquet", [TEXT])).to_pylist()
    made = json.loads(read(Article("a0", TEXT))[0])
    assert rows[0]["quotations"] == made["quotations"]
    assert rows[0]["events"] == made["events"]


def names(schema: dict[str, Any]) -> set[str]:
    """The fields of the items of a list."""
    items = schema["items"]
    return set(
        record_schema()["$defs"][items["$ref"].rsplit("/", 1)[-1]]["properties"]
        if "$ref" in items
        else items["properties"]
    )


@pytest.mark.parametrize("layer", ["entities", "quotations", "events", "places", "dates", "warnings"])
def test_no_field_of_the_record_is_forgotten(layer: str) -> None:
    kind: pa.DataType = schema({}).field(layer).type.value_type
    assert {kind.field(n).name for n in range(kind.num_fields)} == names(record_schema()["properties"][layer])


def test_a_store_takes_a_shard_once(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "x.records.parquet"
    write_shard(
        path, [row_of(Article("a0", TEXT), Packed(*read(Article("a0", TEXT))))], {"unit": "x", **asdict(VERSIONS)}
    )
    list(Loading(store).shards([path]))
    with store.writer() as writer:  # a newer model has read it since
        writer.save(record("a0") | {"made_by": record("a0")["made_by"] | {"model": "model-2"}})
    again = Loading(store)
    assert list(again.shards([path])) == []
    assert (again.tally.read, again.tally.known) == (0, 1)
    assert [made.model for made in store.view().runs() if made.articles] == ["model-2"]


def test_failures_of_a_shard_are_kept(store: Store, tmp_path: Path) -> None:
    loading = Loading(store)
    list(loading.shards([shard(tmp_path / "x.records.parquet", [TEXT] * 3)]))
    assert (loading.tally.read, loading.tally.failed) == (3, 2)
    assert {row.where for row in store.view().failures()} == {"lost", "news.jsonl line 9 is not JSON"}


def test_a_store_is_the_same_by_way_of_shards(store: Store, tmp_path: Path) -> None:
    list(Loading(store).shards([shard(tmp_path / "x.records.parquet", [TEXT, TEXT + "."])]))
    lines = exported(store)
    with store.writer() as writer:
        writer.save_all(Saving.of(*read(Article(f"a{n}", text))) for n, text in enumerate([TEXT, TEXT + "."]))
    assert exported(store) == lines


@pytest.mark.parametrize("content", [None, b"PAR1", b""])
def test_what_is_broken_is_said(store: Store, tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "x.records.parquet"
    if content is not None:
        path.write_bytes(content)
    loading = Loading(store)
    (answer,) = loading.shards([path])
    assert str(answer).startswith(f"{path} cannot be read")
    assert loading.tally.failed == 1


def test_a_folder_of_shards_is_told_from_others(tmp_path: Path) -> None:
    assert shards_in(str(tmp_path)) == []
    made = shard(tmp_path / "x.records.parquet", [TEXT])
    assert shards_in(str(tmp_path)) == shards_in(str(made)) == [made]


def test_parts_hold_every_line_once(tmp_path: Path) -> None:
    lines = [json.dumps({"id": f"a{n}", "text": TEXT}) for n in range(7)]
    (tmp_path / "a.jsonl").write_text("\n".join([*lines[:3], "no json", "", *lines[3:]]), "utf-8")
    found = [list(open_part(part)) for part in parts_of(str(tmp_path), 4) if not isinstance(part, InputError)]
    assert [[each.id if isinstance(each, Article) else str(each).split(":")[0] for each in some] for some in found] == [
        ["a0", "a1", "a2", f"{tmp_path}/a.jsonl line 4 is not JSON"],
        ["a3", "a4", "a5"],
        ["a6"],
    ]


def test_parts_of_parquet_hold_every_row_once(tmp_path: Path) -> None:
    from pyarrow.parquet import write_table

    rows = [{"id": f"a{n}", "text": TEXT} for n in range(11)]
    write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet", row_group_size=3)
    found = [list(open_part(part)) for part in parts_of(str(tmp_path), 4) if not isinstance(part, InputError)]
    assert [[each.id for each in some if isinstance(each, Article)] for some in found] == [
        [f"a{n}" for n in range(4)],
        [f"a{n}" for n in range(4, 8)],
        [f"a{n}" for n in range(8, 11)],
    ]
