"""The rules, each a pattern and the function that gives its value.

Where several match at one place the longest goes first; of equals, the one listed first. A rule
that answers None leaves the place to the next.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from masdar.steps.times import absolute, hijri, periods, relatives
from masdar.steps.times.answers import Answer, Reading
from masdar.steps.times.patterns import compile_pattern

Function = Callable[[Reading], Answer | None]


class Rule(NamedTuple):
    """A pattern over atoms and what it means."""

    pattern: re.Pattern[str]
    function: Function

    @property
    def name(self) -> str:
        """The name for the provenance."""
        return f"times.{self.function.__name__}"


DAY_OF = "ARTICLE? day:DAYNUMBER (?:FROM? MONTHS|FROM)?"
CENTURY = "THECENTURY (?:centurymod:(PAST|NOW)|ARTICLE? centuryno:(ORDINAL|NUMBER))"
YEAR_HERE = "(?:YEARWORD? year:YEAR AD?|THIS? THEYEAR yearmod:MOD|this:THIS THEYEAR)"
HIJRI_TAIL = "(?:FROM? YEARWORD? year:YEAR ah:AH?|mod:MOD|FROM THIS? THEYEAR mod:MOD)? ah:AH?"

PATTERNS: tuple[tuple[str, Function], ...] = (
    ("HEAD date:NUMDATE (?:AD|AH)?", absolute.numeric_day),
    (
        "HEAD other:NUMDATE (?:AD|AH)? COMMA? MATCHING CLITIC? date:NUMDATE (?:AD|AH)?",
        absolute.numeric_days_of_both,
    ),
    (
        f"HEAD {DAY_OF} month:HIJRI {HIJRI_TAIL} CLOSE?"
        " (?:COMMA? MATCHING CLITIC?|COMMA|DASH|OPEN|SLASH)? DAY? gday:NUMBER gmonth:MONTH gyear:YEAR AD?",
        hijri.hijri_with_gregorian,
    ),
    (
        "HEAD gday:NUMBER gmonth:MONTH gyear:YEAR AD? (?:COMMA? MATCHING CLITIC?|COMMA|DASH|OPEN|SLASH)?"
        f" {DAY_OF} month:HIJRI {HIJRI_TAIL}",
        hijri.hijri_with_gregorian,
    ),
    (
        f"(?:range:(FROM|BETWEEN))? HEAD {DAY_OF} month:MONTH firstyear:YEAR?"
        " (?:TO|AND|range:DASH) HEAD ARTICLE?"
        " last:DAYNUMBER (?:FROM? MONTHS|FROM)? lastmonth:MONTH YEARTAIL MODTAIL",
        absolute.day_to_day,
    ),
    (
        "(?:FROM|BETWEEN)? (?:DAYPART FROM?)? (?:today:DAY)? ARTICLE? day:DAYNUMBER"
        " (?:(?:AND|COMMA) ARTICLE? DAYNUMBER)* (?:AND|TO|DASH|SLASH)"
        " ARTICLE? last:DAYNUMBER (?:FROM? MONTHS|FROM)?"
        " (?:month:MONTH YEARTAIL MODTAIL|FROM? THIS? THEMONTH mod:MOD)",
        absolute.days_of_month,
    ),
    (f"HEAD {DAY_OF} month:MONTH YEARTAIL MODTAIL", absolute.day_of_month),
    ("HEAD ARTICLE? day:DAYNUMBER FROM? THIS? THEMONTH mod:MOD", absolute.day_of_this_month),
    (f"HEAD {DAY_OF} month:HIJRI {HIJRI_TAIL}", hijri.day_of_hijri_month),
    (
        "(?:FROM|BETWEEN)? (?:DAYPART FROM?)? (?:today:DAY)? ARTICLE? day:DAYNUMBER"
        " (?:AND|TO|DASH|SLASH) ARTICLE? last:DAYNUMBER (?:FROM? MONTHS|FROM)?"
        f" month:HIJRI {HIJRI_TAIL}",
        hijri.days_of_hijri_month,
    ),
    (f"(?:part:(PART|HALF ORDINAL) FROM?)? word:MONTHS? month:HIJRI {HIJRI_TAIL}", hijri.month_of_hijri_year),
    ("(?:part:PART FROM?)? YEARWORD? year:(YEAR|NUMBER) AH", hijri.year_of_hijra),
    (
        "(?:range:(FROM|BETWEEN))? PART? word:MONTHS? month:MONTH firstyear:YEAR?"
        " (?:TO|AND|range:DASH) PART? MONTHS? last:MONTH YEARTAIL MODTAIL",
        absolute.month_to_month,
    ),
    (
        "(?:part:((?:PART|HALF ORDINAL) FROM?))? word:MONTHS? month:MONTH YEARTAIL MODTAIL",
        absolute.month_of_year,
    ),
    (
        "range:(FROM|BETWEEN)? word:(YEARS|THEUNITS|THEYEAR)? year:YEAR AD?"
        " (?:(?:AND|COMMA) YEAR)* (?:TO|AND|dash:(DASH|SLASH)) YEARWORD?"
        " last:YEAR (?:AD|ah:AH)?",
        absolute.year_to_year,
    ),
    ("(?:part:PART FROM?)? word:YEARWORD? year:YEAR ad:AD?", absolute.year_alone),
    (f"(?:PART FROM?)? TENYEARS? decade:DECADE (?:FROM? {CENTURY})?", periods.decade),
    (f"(?:PART FROM?)? THEDECADE number:ORDINAL FROM {CENTURY}", periods.decade_of_century),
    (f"(?:(?:PART|HALF ORDINAL) FROM?)? {CENTURY}", periods.century),
    (f"(?:quarter:QUARTER|HALF) number:(ORDINAL|RECENT) FROM {YEAR_HERE}", periods.part_of_year),
    (
        f"(?:PART FROM?)? (?:this:THIS season:SEASON|season:SEASON (?:mod:MOD|FROM? {YEAR_HERE}))",
        periods.season,
    ),
    (
        "(?:DAYPART FROM?)? rel:(TODAY|DAYREL) mod:PAST?"
        " (?:OPEN weekday:WEEKDAY CLOSE|COMMA? weekday:WEEKDAY)? THEDAYPART?",
        relatives.near_day,
    ),
    (
        "(?:DAYPART FROM? DAY?|days:DAY) weekday:WEEKDAY (?:AND DAY?|DASH|SLASH|TO DAY?) last:WEEKDAY mod:MOD?",
        relatives.weekday_to_weekday,
    ),
    ("DAYPART weekday:WEEKDAY last:WEEKDAY mod:MOD?", relatives.weekday_to_weekday),
    (
        "(?:FROM|BETWEEN) DAY? weekday:WEEKDAY (?:AND|TO) DAY? last:WEEKDAY mod:MOD?",
        relatives.weekday_to_weekday,
    ),
    (
        "(?:DAYPART FROM?)? (?:days:DAY|THIS)? weekday:WEEKDAY (?:before:AGO? mod:MOD)? THEDAYPART?",
        relatives.weekday,
    ),
    ("THIS? word:THEDAYPART", relatives.day_part),
    (
        "(?:(?:PART FROM?) THIS? unit:THEUNIT (?:mod:MOD|recent:RECENT)?"
        "|THIS unit:THEUNIT|unit:THEUNIT (?:before:AGO? mod:MOD|recent:RECENT|THIS))",
        relatives.unit_near,
    ),
    (
        "(?:PART FROM?)? (?:THIS units:THEUNITS|units:THEUNITS (?:COUNTED|ARTICLE? NUMBER|FEW)* (?:MOD|RECENT))",
        relatives.units_near,
    ),
    (
        "dir:(AGO|AFTER) (?:ABOUT|more:MORE|few:FEW)* count:(NUMBER|YEAR)? unit:UNIT"
        " (?:few:FEW|half:(AND HALF) (?:CLOCKWORD|THEUNIT|TODAY)?)?",
        relatives.ago,
    ),
    ("WITHIN few:FEW? unit:UNIT (?:few:FEW|OR other:UNIT)?", relatives.within),
    ("THEMONTH SAME FROM? THEYEAR yearmod:MOD", relatives.same_month),
    (
        "(?:DAYPART FROM?)? (?:SAMEOF unit:(TODAY|THEUNIT)|THAT unit:(TODAY|THEUNIT)"
        "|unit:(TODAY|THEUNIT) SAME|unit:(TODAY|THEUNIT) following:FOLLOWING)",
        relatives.told_before,
    ),
)


def rules() -> tuple[Rule, ...]:
    """All rules, their patterns compiled."""
    return tuple(Rule(compile_pattern(pattern), function) for pattern, function in PATTERNS)
