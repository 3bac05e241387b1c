"""The base of known actors: every entry is valid, found by each of its forms, and found alone."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from masdar.actors import ActorBase, KnownActor, Office, actor_key, by_form, load_known, load_page
from masdar.errors import LexiconError
from masdar.types import EntityType

KNOWN = tuple(load_known())
BASE = ActorBase.load()
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def test_base_is_large_enough() -> None:
    assert len(KNOWN) >= 2500


def test_each_form_finds_its_entry() -> None:
    lost = [form for actor in KNOWN for form in actor.forms if actor not in BASE.find(form, actor.type)]
    assert lost == []


def test_each_entry_is_complete() -> None:
    bare = [actor.name for actor in KNOWN if not actor.latin or not actor.sectors]
    assert bare == []


def test_no_country_is_missing_but_of_those_who_have_none() -> None:
    homeless = {actor.latin for actor in KNOWN if actor.country is None}
    assert homeless == {"WikiLeaks", "Carlos Ghosn", "Telegram", "Binance"}


def test_names_are_written_plainly() -> None:
    """Composed letters, no presentation forms, no tatweel, no vocalisation but the tanwin and shadda of news."""
    dressed = [form for actor in KNOWN for form in actor.forms if re.search("[\ufb50-\ufdff\ufe70-\ufeff\u0640]", form)]
    decomposed = [form for actor in KNOWN for form in actor.forms if unicodedata.normalize("NFC", form) != form]
    assert dressed + decomposed == []


def test_dates_of_office_are_months_in_order() -> None:
    offices = [(actor.name, office) for actor in KNOWN for office in actor.offices]
    wrong = [name for name, office in offices if office.end and office.start > office.end]
    odd = [
        name for name, office in offices for month in (office.start, office.end) if month and not MONTH.fullmatch(month)
    ]
    assert wrong + odd == []


def test_no_form_is_shared_within_a_type() -> None:
    keys = Counter((key, actor.type) for actor in KNOWN for key in dict.fromkeys(map(actor_key, actor.forms)))
    shared = [key for (key, type), count in keys.items() if count > 1 and not may_share(key, type)]
    assert shared == []


def may_share(key: str, type: EntityType) -> bool:
    """Several may bear one name where each has dates of office to tell them apart."""
    return all(actor.offices for actor in BASE.find(key, type))


def test_no_form_is_written_twice_in_an_entry() -> None:
    twice = [actor.name for actor in KNOWN if len({*map(actor_key, actor.forms)}) != len(actor.forms)]
    assert twice == []


def test_no_identifier_is_given_twice() -> None:
    identifiers = Counter(actor.wikidata for actor in KNOWN if actor.wikidata)
    assert [identifier for identifier, count in identifiers.items() if count > 1] == []


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("عبد الله الثاني", "عبدالله الثاني"),
        ("عبدالله الثاني", "عبدالله الثاني"),
        ('كتيبة "القسّام"', "كتيبه القسام"),
        ("CNN", "cnn"),
    ],
)
def test_actor_key(name: str, folded: str) -> None:
    assert actor_key(name) == folded


@pytest.mark.parametrize(
    ("date", "held"),
    [("2009-12-31", False), ("2010-01-01", True), ("2012-06-30", True), ("2012-07-01", False)],
)
def test_office_is_held_in_its_months(date: str, held: bool) -> None:
    assert Office("وزير", "2010-01", "2012-06").held_on(date) is held


def test_family_name_finds_people_only() -> None:
    person = KnownActor("سامر الحلواني", ("سامر الحلواني",), EntityType.PERSON, country="SYR")
    body = KnownActor("حزب الحلواني", ("حزب الحلواني",), EntityType.ORGANIZATION)
    base = ActorBase(by_form([person, body]), {})
    assert base.find_family("الحلواني") == (person,)


def test_users_table_of_disputed_entities_replaces_the_shipped_one(tmp_path: Path) -> None:
    table = tmp_path / "mine.yml"
    table.write_text("entries:\n  - {name: أرض الصومال, country: XSL, sectors: [GOV]}\n", "utf-8")
    base = ActorBase.load(disputed=table)
    assert base.disputed[actor_key("أرض الصومال")].country == "XSL"
    assert actor_key("أبخازيا") not in base.disputed


@pytest.mark.parametrize(
    ("entries", "complaint"),
    [
        ("- {name: س, type: PER, sectors: [XXX]}", "no sectors of PLOVER"),
        ("- {name: س, type: PER, country: syr}", "neither ISO"),
        ("- {name: س, type: TOWN}", "malformed"),
        ("- {name: س, colour: red}", "colour"),
        ("- {latin: S, type: PER}", "needs a name"),
    ],
)
def test_malformed_entry_says_what_and_where(tmp_path: Path, entries: str, complaint: str) -> None:
    (tmp_path / "x.yml").write_text(f"entries:\n  {entries}\n", "utf-8")
    with pytest.raises(LexiconError, match=f"x.yml entry 1.*{complaint}"):
        list(load_known(tmp_path))


@pytest.mark.parametrize("text", ["entries: 3", "- a", "{"])
def test_malformed_file_says_what_to_do(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.yml").write_text(text, "utf-8")
    with pytest.raises(LexiconError, match=r"x\.yml"):
        load_page(tmp_path / "x.yml")
