"""Turn away what is not Arabic, saying what it is instead.

Letters decide first: how many are of the Arabic script, and how many exist only in Persian, Urdu,
Kurdish or Pashto. Then the article and the ة, which no neighbour uses so often. Only a text that
this leaves open is shown to py3langid, which is loaded then and not before.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from masdar.errors import InputError

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ONLY_IN = {
    "Persian": frozenset("پچژگ"),
    "Urdu": frozenset("ٹڈڑںےۓہھ"),
    "Kurdish (Sorani)": frozenset("ڕڵۆێە"),
    "Pashto": frozenset("ټډړږښګڼۍېځڅ"),
    "Uyghur": frozenset("ۇۈۋېەڭ"),
}
FOREIGN = frozenset().union(*ONLY_IN.values())
NAMES = {"fa": "Persian", "ur": "Urdu", "ku": "Kurdish", "ps": "Pashto", "ug": "Uyghur"}
WORD = re.compile(r"[^\W\d_]+")
ARABIC_WORD = re.compile(r"[وفبك]?(?:ال|لل)\w{2,}|\w+(?:ة|ى|ات|ون|ين)|[أإ]\w+")
ARABIC_SHARE = 0.12  # of words; Arabic news has 0.4 to 0.6, Persian news under 0.1
FOREIGN_SHARE = 0.03  # of letters; Arabic news that names Persian papers has under 0.005
SCRIPT_SHARE = 0.2  # of letters; Arabic articles with a style sheet pasted in have 0.24 to 0.36
FEW_WORDS = 4  # fewer cannot be told apart


def require_arabic(text: str, where: str) -> None:
    """Raise InputError if the text is empty, binary or in another language."""
    if not text.strip():
        raise InputError(f"{where} is empty. masdar reads Arabic text.")
    if found := other_than_arabic(text):
        raise InputError(f"{where} is {found}, not Arabic text. Leave it out or convert it first.")


def other_than_arabic(text: str) -> str | None:
    """What the text is, if it is not Arabic: "Persian", "binary data" ..."""
    if is_binary(text):
        return "binary data"
    letters = [letter for letter in text if letter.isalpha()]
    arabic = sum(is_arabic_script(letter) for letter in letters)
    if not letters:
        return "without letters"
    if arabic < SCRIPT_SHARE * len(letters):
        return f"in {script_of(letters)} letters"
    return foreign_letters(letters, arabic) or foreign_words(text)


def is_binary(text: str) -> bool:
    """Whether many characters are controls or stand for bytes that could not be read."""
    strange = sum(
        character == "\N{REPLACEMENT CHARACTER}"
        or (unicodedata.category(character) == "Cc" and character not in "\n\r\t\f\v\x85\x1a")
        for character in text
    )
    return strange > 0.02 * len(text)


@cache
def is_arabic_script(letter: str) -> bool:
    """Whether a letter is of the Arabic script, in any language."""
    return "ARABIC" in unicodedata.name(letter, "")


def script_of(letters: list[str]) -> str:
    """The script most letters are of: "Latin"."""
    names = [unicodedata.name(letter, "unknown").split()[0].capitalize() for letter in letters]
    return max(sorted(set(names)), key=names.count)


def foreign_letters(letters: list[str], arabic: int) -> str | None:
    """The language whose own letters are too many for names: پچژگ in Persian."""
    counts = {language: sum(letter in own for letter in letters) for language, own in ONLY_IN.items()}
    language = max(counts, key=lambda name: counts[name])
    foreign = sum(letter in FOREIGN for letter in letters)
    is_foreign = foreign >= 3 and foreign > FOREIGN_SHARE * arabic
    return language if is_foreign else None


def foreign_words(text: str) -> str | None:
    """The language of a text with few Arabic words, by model; very short ones pass."""
    words = [word for word in WORD.findall(text) if is_arabic_script(word[0])]
    arabic = sum(bool(ARABIC_WORD.fullmatch(word)) for word in words)
    if len(words) < FEW_WORDS or arabic > ARABIC_SHARE * len(words):
        return None
    label, _ = load_identifier().classify(" ".join(words))
    return NAMES.get(label)


@cache
def load_identifier() -> LanguageIdentifier:
    """The language model, restricted to languages in Arabic script; loaded when first needed."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(["ar", *NAMES])
    return identifier
