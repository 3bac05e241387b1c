"""The two languages of the desk: words by key, from masdar/web/locale/ (ar.yml, ar-pictures.yml, …); Arabic first.

A key is "page.word". Both languages hold the same keys (a test checks that); a key that is missing shows itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

LANGUAGES = ("ar", "en")
FIRST = LANGUAGES[0]
LOCALE = Path(__file__).parent / "locale"


@dataclass(frozen=True, slots=True)
class Words:
    """What the desk says in one language."""

    language: str
    words: Mapping[str, str]

    @property
    def direction(self) -> str:
        """rtl or ltr."""
        return "rtl" if self.language == "ar" else "ltr"

    @property
    def other(self) -> str:
        """The language that the switch leads to."""
        return next(language for language in LANGUAGES if language != self.language)

    def __call__(self, key: str, **values: object) -> str:
        """The words of a key, with {named} values put in."""
        found = self.words.get(key, key)
        return found.format(**values) if values else found

    def has(self, key: str) -> bool:
        """Whether there are words for a key."""
        return key in self.words


@cache
def words_of(language: str) -> Words:
    """The words of a language, read once."""
    found: dict[str, str] = {}
    for path in sorted(LOCALE.glob(f"{language}*.yml")):
        pages = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        found |= {f"{page}.{key}": str(text) for page, entries in pages.items() for key, text in entries.items()}
    return Words(language, found)
