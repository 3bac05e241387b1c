"""The larger base of actors, made from a small dump in Wikidata's format."""

from __future__ import annotations

import bz2
import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from masdar.actors import HERE, ActorBase, Office, load_page, open_larger
from masdar.cli.actors import actors
from masdar.errors import InputError, LexiconError
from masdar.types import EntityType
from masdar.wikidata import build_actors

PACKED: dict[str, Callable[[bytes], bytes]] = {".json": bytes, ".gz": gzip.compress, ".bz2": bz2.compress}
Claims = dict[str, list[dict[str, Any]]]


def named(id: str, rank: str = "normal", **dates: str) -> dict[str, Any]:
    """A statement that names an item, with qualifiers P580=… and P582=…."""
    statement = {
        "mainsnak": {
            "snaktype": "value",
            "property": "P31",
            "hash": "0" * 40,
            "datavalue": {
                "value": {"entity-type": "item", "numeric-id": int(id[1:]), "id": id},
                "type": "wikibase-entityid",
            },
            "datatype": "wikibase-item",
        },
        "type": "statement",
        "id": f"{id}$00000000-0000-0000-0000-000000000000",
        "rank": rank,
    }
    return {**statement, "qualifiers": {key: [moment(date)] for key, date in dates.items()}} if dates else statement


def moment(date: str) -> dict[str, Any]:
    time = {"time": date, "timezone": 0, "before": 0, "after": 0, "precision": 11}
    calendar = {"calendarmodel": "http://www.wikidata.org/entity/Q1985727"}
    return {"snaktype": "value", "datavalue": {"value": {**time, **calendar}, "type": "time"}, "datatype": "time"}


def item(
    id: str, names: dict[str, str], claims: Claims, aliases: tuple[str, ...] = (), links: int = 1
) -> dict[str, Any]:
    return {
        "type": "item",
        "id": id,
        "labels": {language: {"language": language, "value": name} for language, name in names.items()},
        "descriptions": {},
        "aliases": {"ar": [{"language": "ar", "value": alias} for alias in aliases]} if aliases else {},
        "claims": claims or [],  # as Wikidata writes it
        "sitelinks": {f"x{number}wiki": {"site": f"x{number}wiki", "title": id} for number in range(links)},
        "pageid": 1,
        "ns": 0,
        "title": id,
        "lastrevid": 1,
        "modified": "2024-01-01T00:00:00Z",
    }


UNKNOWN = {"mainsnak": {"snaktype": "somevalue", "property": "P39"}, "type": "statement", "rank": "normal"}
DUMP = [
    item(
        "Q900001",
        {"ar": "حسان الدرويش", "en": "Hassan Darwish"},
        {
            "P31": [named("Q5")],
            "P27": [named("Q822", "deprecated"), named("Q858")],
            "P106": [named("Q82955")],
            "P39": [
                named("Q900009", P580="+2011-04-14T00:00:00Z", P582="+2012-06-23T00:00:00Z"),
                named("Q900008", P580="+2013-00-00T00:00:00Z"),
                UNKNOWN,
            ],
        },
        ("حسان عادل الدرويش", "الدرويش", "H. Darwish"),
        links=9,
    ),
    item(
        "Q900002",
        {"ar": "حسان الدرويش", "en": "Hassan Darwish (journalist)"},
        {"P31": [named("Q5")], "P27": [named("Q822")], "P106": [named("Q1930187")]},
        links=2,
    ),
    item("Q900003", {"ar": "حزب البيلسان"}, {"P31": [named("Q7278")], "P17": [named("Q79")]}, ("البيلسان",)),
    item("Q900004", {"ar": "مجلس الأنهار", "en": "Rivers Council"}, {"P31": [named("Q245065")]}),
    item("Q900005", {"ar": "نهر الصفصاف"}, {"P31": [named("Q4022")]}),
    item("Q900006", {"en": "No Arabic"}, {"P31": [named("Q5")], "P106": [named("Q82955")]}),
    item("Q900007", {"ar": "رسام ما"}, {"P31": [named("Q5")], "P106": [named("Q1028181")]}),
    item("Q900009", {"ar": "وزير الري السوري", "en": "Minister"}, {"P279": [named("Q83307")]}),
    item("Q900010", {"ar": "بلا دعاوى"}, {}),
    item("Q900011", {"ar": "عضو الحزب"}, {"P31": [named("Q5")], "P102": [named("Q900003")]}),
]
PROPERTY = {"type": "property", "id": "P31", "labels": {"ar": {"language": "ar", "value": "نموذج من"}}, "claims": []}


def dump_text() -> bytes:
    lines = [json.dumps(line, ensure_ascii=False, separators=(",", ":")) for line in (*DUMP, PROPERTY)]
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()


def written(folder: Path, name: str = "latest-all.json") -> Path:
    path = folder / name
    path.write_bytes(PACKED[path.suffix](dump_text()))
    return path


def built(dump: Path) -> ActorBase:
    output = dump.with_name("actors.db")
    build_actors(dump, output, lambda read: None)
    return ActorBase({}, {}, larger=open_larger(output))


@pytest.mark.parametrize("name", ["dump.json", "dump.json.gz", "dump.json.bz2"])
def test_each_kind_of_dump_is_read(tmp_path: Path, name: str) -> None:
    assert len(built(written(tmp_path, name)).find("حسان الدرويش")) == 2


def test_office_holder(tmp_path: Path) -> None:
    actor = built(written(tmp_path)).find("حسان عادل الدرويش")[0]
    assert (actor.name, actor.latin, actor.country) == ("حسان الدرويش", "Hassan Darwish", "SYR")
    assert (actor.sectors, actor.wikidata) == (("GOV", "PTY"), "Q900001")
    assert actor.offices == (Office("وزير الري السوري", "2011-04", "2012-06"),)  # the other has no Arabic title


def test_better_known_namesake_comes_first(tmp_path: Path) -> None:
    assert [actor.wikidata for actor in built(written(tmp_path)).find("حسان الدرويش")] == ["Q900001", "Q900002"]


CODES = [
    ("حزب البيلسان", "EGY PTY"),
    ("البيلسان", "EGY PTY"),
    ("مجلس الأنهار", "IGO IGO"),
    ("عضو الحزب", "None PTY"),
    ("الدرويش", ""),  # a lone name of a person finds nobody
    ("نهر الصفصاف", ""),
    ("رسام ما", ""),
    ("بلا دعاوى", ""),
    ("نموذج من", ""),
]


@pytest.mark.parametrize(("name", "expected"), CODES)
def test_who_is_taken(tmp_path: Path, name: str, expected: str) -> None:
    found = built(written(tmp_path)).find(name)
    assert [" ".join((str(actor.country), *actor.sectors)) for actor in found] == ([expected] if expected else [])


def test_types_are_told_apart(tmp_path: Path) -> None:
    assert built(written(tmp_path)).find("حسان الدرويش", EntityType.ORGANIZATION) == ()


def test_progress_reaches_the_size_of_the_file(tmp_path: Path) -> None:
    dump, read = written(tmp_path, "dump.json.gz"), 0

    def advance(more: int) -> None:
        nonlocal read
        read += more

    build_actors(dump, tmp_path / "actors.db", advance)
    assert read == dump.stat().st_size


def test_same_dump_same_bytes(tmp_path: Path) -> None:
    dump, first, second = written(tmp_path), tmp_path / "1.db", tmp_path / "2.db"
    for output in (first, second):
        build_actors(dump, output, lambda read: None)
    assert first.read_bytes() == second.read_bytes()


BROKEN = [
    ("dump.json", b'[\n{"id":"Q1","ar"\n]\n', "line 2 is no JSON"),
    ("dump.json", b"[\n]\n", "no actor with an Arabic label"),
    ("dump.json.gz", gzip.compress(dump_text())[:300], "cannot be read to its end"),
    ("dump.json.gz", b"plain", "cannot be read to its end"),
]


@pytest.mark.parametrize(("name", "content", "complaint"), BROKEN)
def test_broken_dump_leaves_the_old_base(tmp_path: Path, name: str, content: bytes, complaint: str) -> None:
    dump, output = tmp_path / name, tmp_path / "actors.db"
    dump.write_bytes(content)
    output.write_bytes(b"old")
    with pytest.raises(InputError, match=complaint):
        build_actors(dump, output, lambda read: None)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted((name, "actors.db"))
    assert output.read_bytes() == b"old"


def test_what_is_no_base_is_refused(tmp_path: Path) -> None:
    (tmp_path / "actors.db").write_bytes(b"no base" * 100)
    with pytest.raises(LexiconError, match="masdar actors build"):
        ActorBase.load(tmp_path / "actors.db")


def test_command(tmp_path: Path) -> None:
    output = tmp_path / "mine.db"
    result = CliRunner().invoke(actors, ["build", str(written(tmp_path)), "-o", str(output)])
    assert result.exit_code == 0, result.output
    assert "mine.db: 5 actors" in result.output
    assert ActorBase.load(output).find("حزب البيلسان")


def test_no_class_is_listed_twice() -> None:
    listed = [(entry["of"], entry["wikidata"]) for entry in load_page(HERE / "wikidata.yml")["entries"]]
    assert len(set(listed)) == len(listed)
