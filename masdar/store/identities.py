"""Who an entity is across articles.

`actor_key` gives each entity of a record a key. Two articles whose entities have the same key speak of the same actor,
as far as names can tell: where they cannot (a bare family name, "الوزير", the minister), the key is the article's own.
`keys_of` lays over them in which articles people split one name off another (masdar/store/splits.py). `canonical` lays
the decisions of people and of the machine over the keys: which of them are one actor after all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from masdar.text.fold import fold_word

MACHINE = "masdar"  # who decides when no person did
UNKNOWN = "-"
SPLIT = "~"  # stands in no other key: PER:SYR:انس خالد~طبيب is another man of that name, the physician
NOT_A_LETTER = re.compile(r"[^\w\s]|_")
HAMZA = "ء"
NISBA = re.compile(r"ال\w+(?:ي|يه)")
SON = re.compile(r"(?<= )(بن|ابن|بنت) ")
GLUED = re.compile(r"\b(عبد|ابو|ام|ال) (?=\w)|(?<=\w) (?=الله\b|الدين\b)")  # عبد الله, سيف الدين: one name each
# offices that one person at a time holds in a country, folded; then whose they are: الفرنسي (the French)
OFFICE = re.compile(
    r"""
    (?P<office>
        ال(?:رييس|رييسه|ملك|ملكه|سلطان)
      | رييسه?\ (?:الجمهوريه|الوزرا|الحكومه|البرلمان|مجلس\ الوزرا|مجلس\ النواب|مجلس\ الشعب|هييه\ الاركان|الاركان)
      | وزيره?\ (?:ال(?!دوله)\w+)(?:\ والهجره)?
      | ولي\ العهد
      | المرشد\ الاعلى
    )
    (?:\ ال\w+(?:ي|يه))?
    """,
    re.VERBOSE,
)


def actor_key(entity: Mapping[str, Any], article: str) -> str:
    """The key of an entity of a record, in every article the same for the same actor.

    Q7187 (in Wikidata), PER:SYR:انس خالد (a name), office:TUR:وزير الخارجيه (the foreign minister), or 0f3a…#E3 for an
    entity that is known in its article only.
    """
    if entity["wikidata"]:
        return str(entity["wikidata"])
    country = entity["country"] or UNKNOWN
    if any(mention["form"] in ("name", "demonym") for mention in entity["mentions"]):
        name = folded_name(entity["name"], entity["rank"])
        if is_telling(name, entity):
            return f"{entity['type']}:{country}:{name}"
    elif entity["type"] == "PER" and country != UNKNOWN and (office := OFFICE.fullmatch(folded_name(entity["name"]))):
        return f"office:{country}:{office['office']}"
    return f"{article}#{entity['id']}"


def folded_name(name: str, rank: str | None = None) -> str:
    """A name without what spelling varies: العميد عبد الله بن علاء → عبدالله علا."""
    folded = " ".join(NOT_A_LETTER.sub(" ", fold_word(name)).replace(HAMZA, "").split())
    if rank:
        folded = folded.removeprefix(f"{folded_name(rank)} ")
    return GLUED.sub(lambda found: found[0].replace(" ", ""), SON.sub("", folded))


def is_telling(name: str, entity: Mapping[str, Any]) -> bool:
    """Whether a name is enough to know who it is.

    Of a person two names are needed. One word of a body is enough where its country is known and it is more than an
    adjective (السورية, the Syrian one), or where the base of actors knows it.
    """
    words = name.split()
    if entity["type"] == "PER" or len(words) != 1:
        return len(words) >= 2
    is_bare = entity["country"] is None or NISBA.fullmatch(name) is not None
    return entity["type"] != "ORG" or bool(entity["name_latin"]) or not is_bare


class Moved(NamedTuple):
    """Where an actor of an article is filed since people split them off: `name` finds them when the key has changed."""

    name: str
    key: str


Moves = Mapping[str, Moved]  # of one article, by the key that the names give


class Filed(NamedTuple):
    """An entity of an article: the key that names give (or gave when people split it off), its name, its key now."""

    entity: str
    actor: str
    name: str
    key: str


def filed(record: Mapping[str, Any], moves: Moves | None = None) -> list[Filed]:
    """Who each entity of a record is across articles.

    An entity that was split off is found by its key; where a newer reading gives it another one, by its type and name.
    """
    article, moves = record["document"]["id"], moves or {}
    keys = {entity["id"]: actor_key(entity, article) for entity in record["entities"]}
    lost = {moved.name: actor for actor, moved in moves.items() if moved.key != actor and actor not in keys.values()}
    found = []
    for entity in record["entities"]:
        name = f"{entity['type']}:{folded_name(entity['name'], entity['rank'])}"
        actor = lost.get(name, keys[entity["id"]])
        found.append(Filed(entity["id"], actor, name, moves[actor].key if actor in moves else actor))
    return found


def keys_of(record: Mapping[str, Any], moves: Moves | None = None) -> dict[str, str]:
    """The key of each entity of a record, by its id."""
    if not moves:
        return {entity["id"]: actor_key(entity, record["document"]["id"]) for entity in record["entities"]}
    return {one.entity: one.key for one in filed(record, moves)}


def label_of(key: str) -> str | None:
    """What people called an actor when they split it off: PER:SYR:انس خالد~طبيب → طبيب."""
    return key.partition(SPLIT)[2] or None if "#" not in key else None


def told_apart(name: str, key: str) -> str:
    """A name with what tells it from others of that name: أنس خالد (طبيب)."""
    label = label_of(key)
    return f"{name} ({label})" if label else name


class Decided(Protocol):
    """A row of the table `decisions`, or a Decision."""

    @property
    def who(self) -> str: ...
    @property
    def left(self) -> str: ...
    @property
    def right(self) -> str: ...
    @property
    def is_same(self) -> bool: ...


def canonical(decisions: Iterable[Decided]) -> dict[str, str]:
    """The key that stands for each key that was decided on; a key that is not there stands for itself.

    Of two decisions of one pair the later one counts, and any person's before the machine's. What a person has split
    stays apart: a merge, even through others, that would bring it together is left out.
    """
    last = last_words(decisions)
    groups = Groups()
    for left, right in pairs(last, is_same=False, by_machine=False):
        groups.part(left, right)
    for by_machine in (False, True):
        for left, right in pairs(last, is_same=True, by_machine=by_machine):
            groups.join(left, right)
    return groups.named()


def last_words(decisions: Iterable[Decided]) -> dict[tuple[str, str], Decided]:
    """The decision that counts for each pair, in the order they were taken."""
    last: dict[tuple[str, str], Decided] = {}
    for decision in decisions:
        pair = (min(decision.left, decision.right), max(decision.left, decision.right))
        before = last.get(pair)
        if before is None or decision.who != MACHINE or before.who == MACHINE:
            last.pop(pair, None)
            last[pair] = decision
    return last


def pairs(last: Mapping[tuple[str, str], Decided], *, is_same: bool, by_machine: bool) -> Iterator[tuple[str, str]]:
    """The pairs decided so by a person, or by the machine."""
    for pair, decision in last.items():
        if decision.is_same == is_same and (decision.who == MACHINE) == by_machine:
            yield pair


@dataclass(slots=True)
class Groups:
    """Keys that are one (union-find), and groups that must not become one."""

    parents: dict[str, str] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=dict)
    apart: dict[str, set[str]] = field(default_factory=dict)

    def find(self, key: str) -> str:
        """The root of a key's group."""
        root = key
        while (parent := self.parents.get(root, root)) != root:
            root = parent
        while (parent := self.parents.get(key, key)) != root:
            self.parents[key], key = root, parent
        return root

    def part(self, left: str, right: str) -> None:
        """Keep two keys apart from now on."""
        self.apart.setdefault(left, set()).add(right)
        self.apart.setdefault(right, set()).add(left)

    def join(self, left: str, right: str) -> None:
        """Make two groups one, unless they are to be kept apart."""
        small, large = sorted((self.find(left), self.find(right)), key=lambda root: len(self.group(root)))
        if small == large or any(
            large == self.find(other) for key in self.group(small) for other in self.apart.get(key, ())
        ):
            return
        self.members[large] = self.group(large) + self.members.pop(small, [small])
        self.parents[small] = large

    def group(self, root: str) -> list[str]:
        """The keys of a group."""
        return self.members.get(root, [root])

    def named(self) -> dict[str, str]:
        """Each key with the best key of its group."""
        return {key: min(group, key=rank_of) for group in self.members.values() for key in group}


def rank_of(key: str) -> tuple[int, int, str]:
    """Best first: known to Wikidata (the lowest number), named, an office, known in one article only."""
    if re.fullmatch(r"Q\d+", key):
        return 0, int(key[1:]), key
    return (3 if "#" in key else 2 if key.startswith("office:") else 1), 0, key
