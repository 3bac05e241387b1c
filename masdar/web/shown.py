"""Values as a page shows them: filters of the templates. What comes back is text, never markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from masdar.text.lines import beginning

# characters that change the direction of what follows, or are not seen at all: they could make a text read otherwise
HIDDEN = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
# of these, those that do no harm: they join letters or mark the direction of themselves only
KEPT = frozenset("\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}")


def plain(text: str | None) -> str:
    """A text of somebody else in one line, without characters that turn its direction."""
    return " ".join(HIDDEN.sub(harmless, text or "").split())


def harmless(found: re.Match[str]) -> str:
    """Of a hidden character: itself if it does no harm, a space for one that ends a line, else nothing."""
    return found[0] if found[0] in KEPT else " " if found[0].isspace() else ""


def short(text: str | None, most: int = 160) -> str:
    """The beginning of a text in one line, cut between words."""
    return beginning(plain(text), most)


def percent(share: float) -> str:
    """0.934 → 93 %."""
    return f"{share:.0%}".replace("%", " %")


def said(value: object, t: Callable[[str], str], page: str = "") -> str:
    """A corrected value in a line: items by their words, codes of a page in words, lists with commas."""
    if isinstance(value, dict):
        return plain(str(value.get("name") or value.get("words") or value.get("text") or ""))
    if isinstance(value, list):
        return t("card.list").join(said(one, t, page) for one in value) or "—"
    return "—" if value is None else t(f"{page}.{value}") if page else plain(str(value))


def heading(document: Mapping[str, Any]) -> str:
    """The title of an article whose text does not itself begin with it; else nothing."""
    title = plain(document["title"])
    return "" if plain(document["text"]).startswith(title) else title


def opening(text: str, title: str | None) -> str:
    """The beginning of an article without its title, which often is its first line."""
    return text.removeprefix(title).lstrip() if title else text


FILTERS: dict[str, Callable[..., Any]] = {
    "plain": plain,
    "percent": percent,
    "short": short,
    "said": said,
    "opening": opening,
    "heading": heading,
}
