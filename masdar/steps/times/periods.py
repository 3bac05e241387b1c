"""Decades, centuries, quarters, halves and seasons."""

from __future__ import annotations

from masdar.steps.times.absolute import reckoned
from masdar.steps.times.answers import Answer, Reading, unanchored
from masdar.steps.times.reckon import iso_month
from masdar.steps.times.words import Kind


def decade(reading: Reading) -> Answer | None:
    """التسعينيات, ثمانينات القرن الماضي"""
    if reading.kind(1) is Kind.FROM and "عمر" in reading.atoms.word(reading.end + 1):
        return None
    start = (century_start(reading) or 1900) + (reading.value("decade") or 0)
    return Answer(f"{start:04d}", f"{start + 9:04d}", "decade")


def decade_of_century(reading: Reading) -> Answer | None:
    """العقد الأول من القرن العشرين"""
    start = century_start(reading)
    number = reading.value("number") or 0
    if start is None or not 1 <= number <= 10:
        return None
    first = start + (number - 1) * 10
    return Answer(f"{first:04d}", f"{first + 9:04d}", "decade")


def century(reading: Reading) -> Answer | None:
    """القرن الماضي, أواخر القرن التاسع عشر"""
    start = century_start(reading)
    if start is None:
        return None
    return Answer(f"{start:04d}", f"{start + 99:04d}", "period")


def century_start(reading: Reading) -> int | None:
    """The first year of the century that is named: 1900 for القرن الماضي and القرن العشرين."""
    if (number := reading.value("centuryno")) is not None:
        return (number - 1) * 100 if 2 <= number <= 22 else None
    if (mod := reading.value("centurymod")) is None:
        return None
    year = reading.anchor.day.year if reading.anchor else 2001
    return (year // 100 + mod) * 100


def part_of_year(reading: Reading) -> Answer | None:
    """الربع الأول من 2018, النصف الثاني من العام الماضي"""
    length = 3 if reading.has("quarter") else 6
    number = reading.value("number") or 12 // length  # الأخير, the last, has no number
    year, by = year_here(reading)
    if not year:
        return unanchored("period")
    if not 1 <= number <= 12 // length:
        return None
    first = (number - 1) * length + 1
    found = Answer(iso_month(year, first), iso_month(year, first + length - 1), "period")
    return reckoned(found, by)


def season(reading: Reading) -> Answer | None:
    """الصيف الماضي, ربيع 2011, شتاء العام الماضي"""
    year, by = year_here(reading)
    first = reading.value("season") or 0
    if reading.has("mod") and reading.anchor:
        day, by = reading.anchor.day, reading.anchor.resolved_by
        year = season_year(day.year, day.month, first, reading.value("mod") or 0)
    if not year:
        return unanchored("period")
    last = (year, first + 2) if first < 12 else (year + 1, 2)
    return reckoned(Answer(iso_month(year, first), iso_month(*last), "period"), by)


def season_year(year: int, month: int, first: int, mod: int) -> int:
    """The year in which the last, this or the next season of a name began."""
    now = year * 12 + month
    starts = [(year + shift) * 12 + first for shift in (-2, -1, 0, 1)]
    if mod < 0:
        found = [start for start in starts if start + 2 < now][-1]
    elif mod > 0:
        found = next(start for start in starts if start > now)
    else:
        found = [start for start in starts if start <= now + 9][-1]
    return (found - first) // 12


def year_here(reading: Reading) -> tuple[int, str | None]:
    """The year named in a part of the pattern, and what it was reckoned from."""
    if year := reading.value("year"):
        return year, None
    if reading.has("yearmod") and reading.anchor:
        year = reading.anchor.day.year + (reading.value("yearmod") or 0)
        return year, reading.anchor.resolved_by
    if reading.has("this") and reading.anchor:
        return reading.anchor.day.year, reading.anchor.resolved_by
    return 0, None
