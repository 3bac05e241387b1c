"""Vary an annotated article: other quotation marks, other spellings, other names in the same places.

What is learnt should not hang on one outlet's marks or on the names of one year. Offsets move with the
words; the sense stays.
"""

from __future__ import annotations

import random
from typing import Any

Annotated = dict[str, Any]
MARKS = (('"', '"'), ("“", "”"), ("«", "»"), ("”", "“"))
CHANGED = 0.5  # share of articles that are varied in an epoch


def varied(article: Annotated, chance: random.Random, epoch: int) -> Annotated:
    """The article, its marks exchanged half of the time (never in the first epoch)."""
    if epoch == 0 or chance.random() > CHANGED:
        return article
    return article | {"text": other_marks(article["text"], chance)}


def other_marks(text: str, chance: random.Random) -> str:
    """All quotation marks of the text in another manner, character for character."""
    opening, closing = chance.choice(MARKS)
    out = []
    is_open = False
    for index, character in enumerate(text):
        if character in "«“":
            out.append(opening)
        elif character in "»”":
            out.append(closing)
        elif character == '"':
            before = text[index - 1] if index else " "
            opens = before.isspace() or before in "([:" or (not is_open and not before.isalpha())
            out.append(opening if opens else closing)
            is_open = opens
        else:
            out.append(character)
    return "".join(out)
