"""A small language for patterns over kinds of words: `(DAY)? weekday:WEEKDAY mod:MOD?`.

Names in capitals are kinds (or groups of kinds, below); `name:` names a part; the rest is as in
regular expressions, spaces apart. Patterns run over `Atoms.codes`, so they see words, not letters.
"""

from __future__ import annotations

import re

from masdar.steps.times.atoms import CODES
from masdar.steps.times.words import Kind

GROUPS = {  # those made of others first
    # الاثنين، الموافق / صباح يوم الاثنين
    "HEAD": "(?:DAYPART FROM?)? (?:today:(TODAY|DAYREL|DAY) (?:OPEN|COMMA)?)?"
    " (?:weekday:WEEKDAY CLOSE? MOD? (?:COMMA|DASH|OPEN)? (?:MATCHING CLITIC?)? DAY?)?",
    # 2018 / من عام 2018 م / من العام الماضي / من العام نفسه
    "YEARTAIL": "(?:(?:COMMA|FROM)? YEARWORD? year:YEAR AD?|FROM THEYEAR yearmod:MOD"
    "|FROM told:(SAMEOF THEYEAR|THEYEAR SAME|THAT THEYEAR))?",
    "MODTAIL": "(?:mod:MOD|FROM THIS? (?:THEYEAR|THEMONTH) mod:NOW)?",
    "UNIT": "(?:HOUR|DAY|WEEK|MONTHS|YEARS|TENYEARS)",
    "THEUNIT": "(?:THEWEEK|THEMONTH|THEYEAR|THEDECADE|THECENTURY)",
    "MOD": "(?:PAST|NEXT|NOW)",
    "YEARWORD": "(?:YEARS|THEYEAR)",
    "DAYNUMBER": "(?:NUMBER|ORDINAL)",
}
NAME = re.compile(r"(?:([a-z]+):)?(\((?:\?:)?|[A-Z]{2,})")


def compile_pattern(source: str) -> re.Pattern[str]:
    """The regular expression over codes for a pattern over kinds."""
    for name, meaning in GROUPS.items():
        source = re.sub(rf"(?<!\w){name}(?!\w)", f"(?:{meaning})", source)
    counts: dict[str, int] = {}

    def replaced(found: re.Match[str]) -> str:
        name, what = found.groups()
        code = what if what.startswith("(") else CODES[Kind(what)]
        if name is None:
            return code
        counts[name] = counts.get(name, 0) + 1
        opening = f"(?P<{name}_{counts[name]}>"
        return opening if what.startswith("(") else f"{opening}{code})"

    return re.compile(NAME.sub(replaced, source).replace(" ", ""))


def places(found: re.Match[str]) -> dict[str, int]:
    """Where each named part that took part in a match begins."""
    return {name.rpartition("_")[0]: found.start(name) for name in found.groupdict() if found.group(name)}
