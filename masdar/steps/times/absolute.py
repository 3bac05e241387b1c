"""Days, months and years of the Gregorian calendar, alone and in ranges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from masdar.steps.times.answers import Answer, Reading, impossible, relative, unanchored
from masdar.steps.times.reckon import (
    HIJRI_YEARS,
    hijri_day,
    hijri_year,
    iso_month,
    real_day,
    year_of,
    year_with_weekday,
)
from masdar.steps.times.tense import direction
from masdar.steps.times.words import Kind

INTRODUCES = frozenset({Kind.IN, Kind.AGO, Kind.TO, Kind.FROM, Kind.AFTER, Kind.WITHIN, Kind.CLITIC, Kind.BETWEEN})
HIJRI_NOW = range(1400, 1451)  # a year of these, even without هـ, is Hijri
FULL_YEARS = range(1000, 2200)
NEWS_YEARS = range(1900, 2051)
LIVED_YEARS = range(1940, 2036)  # a bare number out of these is more likely a count or a code
SAME_PASSAGE = 30  # atoms; a year told further back is likely another story's
SHORTEST_NOUN = 3  # letters


def numeric_day(reading: Reading) -> Answer | None:
    """12/5/2018, 2018-05-12, ١٢/٥/٢٠١٨, 14/10/1436هـ"""
    return None if reading.kind(-1) is Kind.SLASH else number_date(reading.unit("date"))


def numeric_days_of_both(reading: Reading) -> Answer | None:
    """13/2/1409هـ الموافق 24/9/1988: the Gregorian one counts."""
    found = [number_date(reading.unit("other")), number_date(reading.unit("date"))]
    return next((answer for answer in found if answer and answer.kind == "absolute"), None)


def number_date(text: str) -> Answer | None:
    """The day that a date in numbers means, day before month."""
    text = text.replace("-", "/").replace(".", "/")
    first, second, third = map(int, text.split("/"))
    year, month, day = (first, second, third) if first > 31 else (third, second, first)
    if first <= 31 and year < 100:
        year += 2000
    if month > 12 >= day:
        month, day = day, month
    if year in HIJRI_YEARS:
        found = hijri_day(year, month, day)
        return Answer(found.isoformat(), kind="hijri") if found else None
    found = real_day(year, month, day) if year in FULL_YEARS else None
    return Answer(found.isoformat()) if found else None


def day_of_month(reading: Reading) -> Answer | None:
    """الأربعاء 12 مايو/أيار 2018, الخامس عشر من آذار الماضي"""
    day, month = reading.value("day") or 0, reading.value("month") or 0
    if not 1 <= day <= 31 or is_name(reading):
        return None
    if known := known_day(reading, month, day):
        return known
    year, by = year_said(reading, month, day)
    if not year:
        return unanchored("day")
    found = real_day(year, month, day)
    return reckoned(Answer(found.isoformat()), by) if found else impossible()


def day_of_this_month(reading: Reading) -> Answer | None:
    """15 من الشهر الجاري"""
    if reading.anchor is None:
        return unanchored("day")
    month = shifted_month(reading)
    found = real_day(*month, reading.value("day") or 0)
    return relative(Answer(found.isoformat()), reading.anchor.resolved_by) if found else None


def days_of_month(reading: Reading) -> Answer | None:
    """بين 26 و28 آذار/مارس, من 3 إلى 7 حزيران, 14 و15 مايو"""
    first, last = reading.value("day") or 0, reading.value("last") or 0
    if not 1 <= first < last <= 31:
        return None
    if reading.has("month"):
        month = reading.value("month") or 0
        year, by = year_said(reading, month, first)
    elif reading.anchor:
        (year, month), by = shifted_month(reading), reading.anchor.resolved_by
    else:
        year, month, by = 0, 0, None
    if not year:
        return unanchored("day")
    return between(real_day(year, month, first), real_day(year, month, last), by)


def day_to_day(reading: Reading) -> Answer | None:
    """من 28 أبريل إلى 3 مايو 2018"""
    if not reading.has("range"):
        return None
    month, last_month = reading.value("month") or 0, reading.value("lastmonth") or 0
    first, last = reading.value("day") or 0, reading.value("last") or 0
    year, by = year_said(reading, last_month, last)
    if not year:
        return unanchored("day")
    start = reading.value("firstyear") or (year - 1 if month > last_month else year)
    return between(real_day(start, month, first), real_day(year, last_month, last), by)


def between(first: date | None, last: date | None, by: str | None) -> Answer:
    """A range of days."""
    if first is None or last is None or last < first:
        return impossible()
    return reckoned(Answer(first.isoformat(), last.isoformat()), by)


def month_of_year(reading: Reading) -> Answer | None:
    """تموز 2020, نهاية شهر مارس, مايو (أيار) الماضي"""
    month, atom = reading.value("month") or 0, reading.atom("month")
    has_company = any(map(reading.has, ("part", "word", "year", "yearmod", "told", "mod")))
    if atom and atom.sense.is_weak and not has_company and reading.kind(-1) not in INTRODUCES:
        return None
    if reading.kind(-1) is Kind.NUMBER or is_name(reading):
        return None
    if known := known_day(reading, month, 0):
        return known
    year, by = year_said(reading, month, None)
    if not year:
        return unanchored("month")
    return reckoned(Answer(iso_month(year, month), None, "month"), by)


def month_to_month(reading: Reading) -> Answer | None:
    """بين مارس ومايو 2018, شهري أبريل ومايو"""
    first, last = reading.value("month") or 0, reading.value("last") or 0
    if first == last or not any(map(reading.has, ("range", "word", "year", "yearmod", "told", "mod"))):
        return None
    year, by = year_said(reading, last, None)
    if not year:
        return unanchored("month")
    start = reading.value("firstyear") or (year - 1 if first > last else year)
    found = Answer(iso_month(start, first), iso_month(year, last), "month")
    return reckoned(found, by)


def year_alone(reading: Reading) -> Answer | None:
    """عام 2015, مطلع 2014, في 2014, عام 1436 (Hijri)"""
    year = reading.value("year") or 0
    if reading.has("word") and year in HIJRI_NOW:
        return hijri_year(year)
    if reading.has("word") or reading.has("ad"):
        return Answer(f"{year:04d}", None, "year")
    if not is_bare_year(reading, year):
        return None
    return Answer(f"{year:04d}", None, "year")


def is_bare_year(reading: Reading, year: int) -> bool:
    """Whether a number of four digits that nothing calls a year is one: في 2014, (1949)."""
    if reading.precedes("not_years"):
        return False
    before, after = reading.kind(-1), reading.kind(1)
    if before is Kind.OPEN and after in (Kind.CLOSE, Kind.DASH):
        return True
    if year not in NEWS_YEARS or after in (Kind.MONTH, Kind.HIJRI, Kind.DASH):
        return False
    if reading.has("part") or before in INTRODUCES or reading.follows("year_heads"):
        return True
    if before in (Kind.AND, Kind.COMMA) and reading.kind(-2) is Kind.YEAR:
        return True
    return before is Kind.OTHER and year in LIVED_YEARS and ends_phrase(reading)


def ends_phrase(reading: Reading) -> bool:
    """حرب لبنان 2006، as against 1948 شخصا: nothing counted follows, and a word goes before."""
    if not reading.before().isalpha() or len(reading.before()) < SHORTEST_NOUN:
        return False
    if year_is_round(reading):
        return False
    return reading.kind(1) is not Kind.OTHER or not reading.after()[:1].isalpha()


def year_is_round(reading: Reading) -> bool:
    """2000 is more often a count."""
    return (reading.value("year") or 0) % 100 == 0


def year_to_year(reading: Reading) -> Answer | None:
    """بين عامي 2014 و 2016, من 2015 إلى 2019, 2014-2016, 1436/1437هـ"""
    first, last = reading.value("year") or 0, reading.value("last") or 0
    is_said = reading.has("range") or reading.has("word") or reading.has("dash")
    if not is_said or not first < last or reading.precedes("not_years"):
        return None
    if reading.has("ah") or first in HIJRI_NOW:
        return replace(hijri_year(first), end_value=hijri_year(last).end_value)
    return Answer(f"{first:04d}", f"{last:04d}", "year")


def year_said(reading: Reading, month: int, day: int | None) -> tuple[int, str | None]:
    """The year of a day or month and what it was taken from; 0 if there is nothing."""
    if year := reading.value("year"):
        return year, None
    if reading.has("told"):
        return told_year(reading)
    if reading.anchor:
        anchor, by = reading.anchor.day, reading.anchor.resolved_by
        if reading.has("yearmod"):
            return anchor.year + (reading.value("yearmod") or 0), by
        weekday = reading.value("weekday")
        if weekday is not None and day and not reading.has("mod"):
            return year_with_weekday(anchor, (month, day), weekday), by
        return year_of(anchor, month, day, direction(reading)), by
    if reading.has("mod") or reading.has("yearmod") or reading.since > SAME_PASSAGE:
        return 0, None
    if reading.last and reading.last.value:
        return int(reading.last.value[:4]), "date"
    return 0, None


def told_year(reading: Reading) -> tuple[int, str | None]:
    """The year of the date told before: 30 سبتمبر من العام نفسه."""
    if reading.last and reading.last.value:
        return int(reading.last.value[:4]), "date"
    return 0, None


def shifted_month(reading: Reading) -> tuple[int, int]:
    """Year and month of الشهر الماضي, الجاري or المقبل."""
    assert reading.anchor is not None
    months = reading.anchor.day.year * 12 + reading.anchor.day.month - 1
    months += reading.value("mod") or 0
    return months // 12, months % 12 + 1


def reckoned(answer: Answer, by: str | None) -> Answer:
    """The answer as absolute, or as relative when it was reckoned from something."""
    return relative(answer, by) if by else answer


def is_name(reading: Reading) -> bool:
    """ثورة 25 يناير, حركة 14 آذار, حي 7 نيسان: a name without a year."""
    if any(map(reading.has, ("year", "yearmod", "told", "mod", "weekday", "today"))):
        return False
    return reading.follows("name_heads")


def known_day(reading: Reading, month: int, day: int) -> Answer | None:
    """هجمات 11 سبتمبر"""
    if any(map(reading.has, ("year", "yearmod", "told", "mod", "weekday", "today"))):
        return None
    word = reading.before()
    for known in reading.words.known_days:
        if (known.month, known.day) == (month, day) and {word, word[1:]} & known.heads:
            return Answer(known.value, None, "day" if day else "month")
    return None
