"""Digits and number words to numbers: 1,200 - ١٢٫٥ - ثلاثة وعشرون - مئتا ألف - الحادي والعشرين.

Words are added up; a scale (ألف, thousand) multiplies what stands before it. Anything that is not a
number from its first word to its last is None, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from masdar.text.fold import fold_word

Number = int | float

UNITS = {
    "صفر": 0, "واحد": 1, "واحده": 1, "احد": 1, "احدي": 1,
    "اثنان": 2, "اثنين": 2, "اثنتان": 2, "اثنتين": 2,
    "اثنا": 2, "اثني": 2, "اثنتا": 2, "اثنتي": 2,
    "ثلاثه": 3, "ثلاث": 3, "اربعه": 4, "اربع": 4, "خمسه": 5, "خمس": 5, "سته": 6, "ست": 6,
    "سبعه": 7, "سبع": 7, "ثمانيه": 8, "ثماني": 8, "ثمان": 8, "تسعه": 9, "تسع": 9,
}  # fmt: skip
ORDINALS = {
    "اول": 1, "اولي": 1, "حادي": 1, "حاديه": 1, "ثاني": 2, "ثان": 2, "ثانيه": 2,
    "ثالث": 3, "ثالثه": 3, "رابع": 4, "رابعه": 4, "خامس": 5, "خامسه": 5, "سادس": 6, "سادسه": 6,
    "سابع": 7, "سابعه": 7, "ثامن": 8, "ثامنه": 8, "تاسع": 9, "تاسعه": 9, "عاشر": 10, "عاشره": 10,
}  # fmt: skip
TEN = {"عشر": 10, "عشره": 10}
TENS = {
    "عشرون": 20, "عشرين": 20, "ثلاثون": 30, "ثلاثين": 30, "اربعون": 40, "اربعين": 40,
    "خمسون": 50, "خمسين": 50, "ستون": 60, "ستين": 60, "سبعون": 70, "سبعين": 70,
    "ثمانون": 80, "ثمانين": 80, "تسعون": 90, "تسعين": 90,
}  # fmt: skip
HUNDREDS = {
    "ميه": 100, "مايه": 100, "ميات": 100,
    "ميتان": 200, "ميتين": 200, "ميتا": 200, "ميتي": 200,
    "مايتان": 200, "مايتين": 200, "مايتا": 200, "مايتي": 200,
}  # fmt: skip
SCALES = {
    "الف": 1_000, "الفا": 1_000, "الاف": 1_000,
    "مليون": 10**6, "مليونا": 10**6, "ملايين": 10**6,
    "مليار": 10**9, "مليارا": 10**9, "مليارات": 10**9,
    "بليون": 10**9, "بليونا": 10**9, "بلايين": 10**9,
    "تريليون": 10**12, "تريليونا": 10**12, "تريليونات": 10**12,
}  # fmt: skip
DUAL_SCALES = {
    "الفان": 2_000, "الفين": 2_000, "الفي": 2_000,
    "مليونان": 2 * 10**6, "مليونين": 2 * 10**6, "مليوني": 2 * 10**6,
    "ملياران": 2 * 10**9, "مليارين": 2 * 10**9, "ملياري": 2 * 10**9,
}  # fmt: skip
FRACTIONS = {"نصف": 0.5, "ربع": 0.25, "ثلث": 1 / 3}

DIGITS = re.compile(r"\d+(?:\.\d+)?")
THOUSANDS = re.compile(r"\d{1,3}(?:[,،٬]\d{3})+(?:[.٫]\d+)?|\d{1,3}(?:\.\d{3}){2,}")
DECIMAL = re.compile(r"\d+[.,،٫]\d+")


def parse_number(words: str) -> Number | None:
    """The number that digits, words or both together name, or None.

    "1,200" -> 1200, "ثلاثة وعشرون" -> 23, "2.5 مليون" -> 2500000, "الحادي والعشرين" -> 21
    """
    parts = [part for word in fold_word(words).split() for part in split_word(word)]
    if not parts:
        return None
    if "و" in (parts[0], parts[-1]):
        return None
    return add_up(part for part in parts if part != "و")


def parse_digits(digits: str) -> Number | None:
    """A number in digits with its separators: 1,200 - 1.200.000 - ٣٫٥ - 3,5."""
    digits = fold_word(digits)
    if THOUSANDS.fullmatch(digits):
        decimal = digits.count(".") == 1 or "٫" in digits
        whole = re.sub("[,،٬]", "", digits).replace("٫", ".")
        return float(whole) if decimal else int(whole.replace(".", ""))
    if DECIMAL.fullmatch(digits):
        return float(re.sub("[,،٫]", ".", digits))
    return int(digits) if digits.isdecimal() else None


def split_word(word: str) -> Iterator[str]:
    """A word without article and conjunction, a hundred cut from its unit.

    والعشرين -> و, عشرين; ثلاثمئة -> ثلاث, ميه
    """
    if len(word) > 1 and word[0] == "و" and word not in KNOWN:
        yield "و"
        word = word[1:]
    if word.startswith("ال") and word not in KNOWN:
        word = word[2:]
    for hundred in ("ميه", "مايه"):
        if word.endswith(hundred) and word[: -len(hundred)] in UNITS:
            yield word[: -len(hundred)]
            word = hundred
    yield word


def add_up(parts: Iterator[str]) -> Number | None:
    """Add what follows, multiply by scales: ثلاثة ملايين ومئتا ألف -> 3200000."""
    total: Number = 0
    group: Number = 0
    scale: Number = 1
    for part in parts:
        if part in SCALES:
            scale = SCALES[part]
            total, group = total + (group or int(not total or group != 0)) * scale, 0
        elif part in DUAL_SCALES:
            total, scale = total + DUAL_SCALES[part], DUAL_SCALES[part] // 2
        elif part in FRACTIONS and total:
            total += FRACTIONS[part] * scale
        elif (value := value_of(part)) is None:
            return None
        else:
            group = group * 100 if value == 100 and 0 < group < 10 else group + value
    return tidy(total + group)


def value_of(part: str) -> Number | None:
    """What one word adds: ثلاثة -> 3."""
    for table in (UNITS, ORDINALS, TEN, TENS, HUNDREDS, FRACTIONS):
        if part in table:
            return table[part]
    return parse_digits(part)


def tidy(number: Number) -> Number:
    """A whole number as int."""
    return int(number) if number == int(number) else number


KNOWN = frozenset().union(
    UNITS, ORDINALS, TEN, TENS, HUNDREDS, SCALES, DUAL_SCALES, FRACTIONS
)  # words whose first letters are no article or conjunction: واحد, الف
