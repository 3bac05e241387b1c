"""A user's own decisions win, and a malformed file says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from masdar.actors import ActorBase, actor_key
from masdar.errors import LexiconError
from masdar.gazetteer import Gazetteer
from masdar.overrides import Overrides
from masdar.steps.places import settle
from masdar.text.fold import fold_word
from masdar.types import EntityType, Form, Mention, Provenance, Span


def own(folder: Path, **files: str) -> Overrides:
    """The overrides of these files."""
    for name, words in files.items():
        (folder / f"{name}.yml").write_text(words, "utf-8")
    return Overrides.load(folder)


def test_without_a_folder_nothing_changes() -> None:
    nothing = Overrides.load(None)
    assert nothing.load_actors().disputed == ActorBase.load().disputed
    assert nothing.load_places().version == Gazetteer.load().version


def test_a_place_of_ones_own(tmp_path: Path) -> None:
    given = own(tmp_path, places="القدس: {lat: 31.78, lon: 35.22, country: PSE, geonameid: 7}\n")
    places = given.load_places()
    [there] = places.lookup(fold_word("القدس"))
    assert (there.geonameid, there.lat) == (7, 31.78)
    assert settle(places, fold_word("القدس"), there) == ("PSE", ())
    assert "overrides" in places.version
    assert places.lookup(fold_word("دمشق"))[0].country == "SYR"


def test_an_actor_of_ones_own_keeps_what_is_left_open(tmp_path: Path) -> None:
    given = own(
        tmp_path, names="بشار الأسد: {latin: Bashar Assad}\n", actors="لجنة السهل: {country: SYR, sectors: [REB]}\n"
    )
    actors = given.load_actors().disputed
    assert (actors[actor_key("بشار الأسد")].latin, actors[actor_key("بشار الأسد")].country) == ("Bashar Assad", "SYR")
    assert actors[actor_key("لجنة السهل")].sectors == ("REB",)


def test_a_type_of_ones_own(tmp_path: Path) -> None:
    mention = Mention(Span(0, 6), Provenance("test"), EntityType.PERSON, Form.NAME)
    given = own(tmp_path, names="النهضة: {type: ORG}\n")
    assert given.typed([mention], "النهضة")[0].type is EntityType.ORGANIZATION
    assert given.typed([mention], "الوفاق")[0].type is EntityType.PERSON


@pytest.mark.parametrize(
    ("file", "words", "said"),
    [
        ("places", "# note\nعمّان: {lat: north, lon: 35}", "places.yml line 2"),
        ("places", "عمّان: {lat: 31}", "needs lat and lon"),
        ("places", "عمّان: {latitude: 31}", "may say country, geonameid, lat, lon"),
        ("places", "عمّان: here", "line 1"),
        ("actors", "\n\nفلان: {country: Jordan}", "actors.yml line 3"),
        ("actors", "فلان: {sectors: [XXX]}", "no sectors"),
        ("names", "فلان: {type: MAN}", "is no type"),
        ("names", "- فلان", "has no names"),
        ("names", "a: b: c", "line 1 is not YAML"),
    ],
)
def test_malformed(tmp_path: Path, file: str, words: str, said: str) -> None:
    with pytest.raises(LexiconError, match=said):
        own(tmp_path, **{file: words})


def test_an_empty_folder_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="has no overrides"):
        Overrides.load(tmp_path)


def test_a_base_of_ones_own_must_be_one(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"places\.db"):
        (tmp_path / "places.db").write_text("no base")
        Overrides.load(tmp_path).load_places()
