"""What the model learns to say: layers of labels for words, and links between words.

The order of every tuple is part of a trained model (protocol); `PROTOCOL` rises when one changes.
"""

from __future__ import annotations

from masdar.plover import MODES, SECTORS, TYPES
from masdar.types import EntityType, Stance, Status

PROTOCOL = 3
NO = "O"


def bio(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """O, then B-kind and I-kind of each kind."""
    return (NO, *(f"{letter}-{kind}" for kind in kinds for letter in "BI"))


ENTITY_TYPES = tuple(kind.value for kind in EntityType)
SILENT = "silent"  # stands where a quotation has no cue: the colon or the mark that opens it

LAYERS: dict[str, tuple[str, ...]] = {
    "name": bio(ENTITY_TYPES),
    "nominal": bio(ENTITY_TYPES),
    "demonym": (NO, "B", "I"),
    "cue": (NO, *(stance.value for stance in Stance), SILENT),
    "trigger": (NO, *TYPES),
    "mode": (NO, *(f"{kind}/{mode}" for kind, mode in MODES)),
    "status": tuple(status.value for status in Status),  # each for itself: sigmoid, not softmax
    "sector": (NO, *SECTORS),
    "cut": ("0", "1", "2"),  # letters of the word before the span starts: وأكد → 1
    "said": (NO, "I"),
    "certain": ("uncertain", "certain"),  # of a trigger: whether a second reader would surely keep its event
}

LINKS: tuple[str, ...] = (
    "speaker", "start", "end", "start2", "end2", "addressee", "via",  # from a cue
    "actor", "recipient", "place", "date", "repeat",  # from a trigger
    "same",  # from a mention to an earlier one of its entity
)  # fmt: skip

OFFSETS: dict[str, tuple[int, int]] = {}
_at = 0
for _name, _labels in LAYERS.items():
    OFFSETS[_name] = (_at, _at + len(_labels))
    _at += len(_labels)
WIDTH = _at

DISTANCES = (1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 29, 38, 50, 66, 87, 115, 160, 230)
BUCKETS = 2 * len(DISTANCES) + 3
