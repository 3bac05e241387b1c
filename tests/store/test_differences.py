"""What outlets tell differently of one event."""

from __future__ import annotations

from masdar.store.differences import Told, differences
from masdar.store.tolls import Toll
from masdar.types import Span


def told(id: str, source: str | None, **more: object) -> Told:
    """A report of article `id`."""
    fields: dict[str, object] = dict.fromkeys(("published", "title", "url", "mode", "date", "claimed_in"))
    fields |= {"id": f"{id}#V1", "article": id, "source": source, "type": "ASSAULT", "status": "", "words": ""}
    return Told(**fields | {"trigger": Span(0, 1), "sentence": Span(0, 1)} | more)  # type: ignore[arg-type]


def test_each_value_stands_with_the_outlets_that_give_it() -> None:
    found = differences(
        [
            told("a1", "قناة الهضبة", date="2024-03-12", actors=("جبهة الوادي",), tolls=(Toll("killed", 5),)),
            told("a2", "صحيفة النهر", date="2024-03-11", actors=("جبهة الوادي",), tolls=(Toll("killed", 4),)),
            told("a3", "قناة الهضبة", date="2024-03-12", tolls=(Toll("killed", 5), Toll("injured", 9))),
            told("a4", None),
        ]
    )
    assert found.tolls == {"killed": {4: ("صحيفة النهر",), 5: ("قناة الهضبة",)}, "injured": {9: ("قناة الهضبة",)}}
    assert found.dates == {"2024-03-12": ("قناة الهضبة",), "2024-03-11": ("صحيفة النهر",)}
    assert found.blamed == {"جبهة الوادي": ("قناة الهضبة", "صحيفة النهر")}
    assert found.claimed == {"": ("قناة الهضبة", "صحيفة النهر", "a4")}


def test_what_is_claimed_is_kept_apart_from_what_is_told() -> None:
    found = differences(
        [
            told("a1", "قناة الهضبة", claimed_in="Q1", claimed_by=("أنس خالد",)),
            told("a2", "صحيفة النهر", claimed_in="Q2"),
            told("a3", "إذاعة الجبل"),
        ]
    )
    assert found.claimed == {"أنس خالد": ("قناة الهضبة",), "?": ("صحيفة النهر",), "": ("إذاعة الجبل",)}
