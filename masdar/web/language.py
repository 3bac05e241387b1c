"""The two languages of the desk: words by key, from masdar/web/locale/ (ar.yml, ar-pictures.yml, …); Arabic first.

A key is "page.word". Both languages hold the same keys (a test checks that); a key that is missing shows itself.
What is counted (ar-counts.yml) has a form for each category of number that the language tells apart.
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
    forms: Mapping[str, Mapping[str, str]]  # of what is counted, by the category of the number

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

    def count(self, key: str, number: int) -> str:
        """A number of things in words: 1 article; مقالان, 11 مقالا."""
        return self.forms[f"n.{key}"][category(self.language, number)].format(count=f"{number:,}")

    def has(self, key: str) -> bool:
        """Whether there are words for a key."""
        return key in self.words


def category(language: str, number: int) -> str:
    """The category of a whole number by the CLDR's plural rules of a language."""
    if language != "ar":
        return "one" if number == 1 else "other"
    if number < 3:
        return ("zero", "one", "two")[number]
    last = number % 100
    return "other" if last < 3 else "few" if last <= 10 else "many"


@cache
def words_of(language: str) -> Words:
    """The words of a language, read once."""
    found: dict[str, str] = {}
    forms: dict[str, Mapping[str, str]] = {}
    for path in sorted(LOCALE.glob(f"{language}*.yml")):
        pages = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        texts = {f"{page}.{key}": text for page, entries in pages.items() for key, text in entries.items()}
        found |= {key: str(text) for key, text in texts.items() if not isinstance(text, dict)}
        forms |= {key: text for key, text in texts.items() if isinstance(text, dict)}
    return Words(language, found, forms)
