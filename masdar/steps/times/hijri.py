"""Dates of the Hijri calendar (Umm al-Qura), given as the Gregorian days they fell on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hijridate import Gregorian

from masdar.steps.times.answers import Answer, Reading, impossible, relative, unanchored
from masdar.steps.times.reckon import (
    AHEAD,
    FUTURE,
    HIJRI_YEARS,
    hijri_day,
    hijri_month,
    hijri_year,
    real_day,
)
from masdar.steps.times.tense import direction
from masdar.steps.times.words import Kind

RAMADAN = 9
OPENS_RAMADAN = frozenset({Kind.IN, Kind.AGO, Kind.AFTER, Kind.WITHIN, Kind.TO})


def hijri_with_gregorian(reading: Reading) -> Answer | None:
    """15 رمضان 1439 هـ الموافق 31 مايو 2018: the Gregorian day is the one that counts."""
    found = real_day(reading.value("gyear") or 0, reading.value("gmonth") or 0, reading.value("gday") or 0)
    return Answer(found.isoformat()) if found else impossible()


def day_of_hijri_month(reading: Reading) -> Answer | None:
    """15 رمضان 1439 هـ, العاشر من محرم"""
    day, month = reading.value("day") or 0, reading.value("month") or 0
    if not 1 <= day <= 30:
        return None
    if year := reading.value("year"):
        found = hijri_day(hijri_count(year, month), month, day)
        return Answer(found.isoformat(), kind="hijri") if found else impossible("hijri")
    if reading.anchor is None:
        return unanchored("day", "hijri")
    year = hijri_year_of(reading.anchor.day, month, day, direction(reading))
    found = hijri_day(year, month, day)
    if found is None:
        return impossible("hijri")
    return relative(Answer(found.isoformat()), reading.anchor.resolved_by, "hijri")


def days_of_hijri_month(reading: Reading) -> Answer | None:
    """من 19 إلى 21 شوال الحالي"""
    first = day_of_hijri_month(reading)
    length = (reading.value("last") or 0) - (reading.value("day") or 0)
    if first is None or length < 1:
        return None
    if first.value is None:
        return first
    last = date.fromisoformat(first.value) + timedelta(days=length)
    return replace(first, end_value=last.isoformat())


def month_of_hijri_year(reading: Reading) -> Answer | None:
    """رمضان 1439, رمضان 2018, شهر رمضان, رمضان الماضي, ذي الحجة; not the person رمضان قديروف"""
    month = reading.value("month") or 0
    if not is_month(reading, month) or reading.kind(-1) is Kind.NUMBER:
        return None
    if year := reading.value("year"):
        return hijri_month(hijri_count(year, month), month) or impossible("hijri")
    if reading.anchor is None:
        return unanchored("month", "hijri")
    year = hijri_year_of(reading.anchor.day, month, None, direction(reading))
    found = hijri_month(year, month)
    return relative(found, reading.anchor.resolved_by, "hijri") if found else impossible("hijri")


def is_month(reading: Reading, month: int) -> bool:
    """Whether the name of a month, which is also a name of persons, stands for the month here."""
    if any(map(reading.has, ("word", "part", "year", "mod", "ah"))):
        return True
    atom = reading.atom("month")
    if atom and " " in reading.atoms.folded.text[atom.start : atom.end]:
        return True
    return month == RAMADAN and reading.kind(-1) in OPENS_RAMADAN


def year_of_hijra(reading: Reading) -> Answer | None:
    """عام 1440 هـ"""
    year = reading.value("year") or 0
    return hijri_year(year) if 1 <= year < HIJRI_YEARS.stop else None


def hijri_year_of(anchor: date, month: int, day: int | None, said: int | None) -> int:
    """The Hijri year of a day or month without one; `said` as in `reckon.year_of`."""
    year = hijri_year_at(anchor)
    years = [y for y in (year - 1, year, year + 1) if y in HIJRI_YEARS]
    if said == 0 or not years:
        return year
    spans = [(y, *hijri_days(y, month, day)) for y in years]
    if said == -1:
        return max((y for y, _, last in spans if last < anchor), default=years[0])
    if said in (1, FUTURE):
        return min((y for y, first, _ in spans if first >= anchor), default=years[-1])
    return max((y for y, first, _ in spans if (first - anchor).days <= AHEAD), default=years[0])


def hijri_year_at(day: date) -> int:
    """The Hijri year of a Gregorian day, also out of the tables."""
    try:
        year: int = Gregorian(day.year, day.month, day.day).to_hijri().year
    except OverflowError:
        year = int((day.year - 622) * 33 / 32)
    return year


def hijri_count(year: int, month: int) -> int:
    """The Hijri year of a month that is told with a Gregorian year: رمضان 2018 is of 1439."""
    if year in HIJRI_YEARS:
        return year
    middle = hijri_year_at(date(year, 7, 1))
    years = (found for found in (middle - 1, middle, middle + 1) if found in HIJRI_YEARS)
    return next((found for found in years if hijri_days(found, month, 1)[0].year == year), year)


def hijri_days(year: int, month: int, day: int | None) -> tuple[date, date]:
    """First and last Gregorian day of a Hijri day or month."""
    first = hijri_day(year, month, day or 1) or hijri_day(year, month, 29)
    last = first if day else hijri_day(year, month, 30) or hijri_day(year, month, 29)
    assert first is not None and last is not None
    return first, last
