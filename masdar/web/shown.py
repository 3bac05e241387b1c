"""Values as a page shows them: filters of the templates. What comes back is text, never markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

# characters that change the direction of what follows, or are not seen at all: they could make a text read otherwise
HIDDEN = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
SYMBOL = "\N{WHITE SQUARE}"


def plain(text: str | None) -> str:
    """A text of somebody else in one line, without characters that turn its direction."""
    return " ".join(HIDDEN.sub("", text or "").split())


def percent(share: float) -> str:
    """0.934 → 93 %."""
    return f"{share:.0%}".replace("%", " %")


FILTERS: dict[str, Callable[..., Any]] = {"plain": plain, "percent": percent}
