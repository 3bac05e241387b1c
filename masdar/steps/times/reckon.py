"""Arithmetic of dates: ISO prefixes, the year of a date without one, weekdays, Hijri months."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from hijridate import Hijri

from masdar.steps.times.answers import Answer

AHEAD = 61  # days; a date without a year this little ahead is likelier than the one a year ago
FUTURE = 2  # the direction that a clause in the future gives, as against المقبل
FAR_AHEAD = 300  # days; so far ahead a future clause is about something else
HIJRI_YEARS = range(1343, 1501)  # what Umm al-Qura tables cover


def iso_month(year: int, month: int) -> str:
    """2018, 5 -> 2018-05."""
    return f"{year:04d}-{month:02d}"


def real_day(year: int, month: int, day: int) -> date | None:
    """The day, or None for 31 February."""
    if not (1 <= month <= 12 and 1 <= year <= 9999):
        return None
    return date(year, month, day) if 1 <= day <= calendar.monthrange(year, month)[1] else None


def add_months(anchor: date, months: int) -> tuple[int, int]:
    """Year and month so many months later."""
    total = anchor.year * 12 + anchor.month - 1 + months
    return total // 12, total % 12 + 1


def add_years(anchor: date, years: int) -> date:
    """The same day in another year; 29 February becomes the 28th."""
    year = min(max(anchor.year + years, 1), 9999)
    return real_day(year, anchor.month, anchor.day) or date(year, 2, 28)


def nearest_weekday(anchor: date, weekday: int, direction: int, is_strict: bool) -> date:
    """The next such weekday in a direction (-1 or 1); the anchor itself unless `is_strict`."""
    distance = (weekday - anchor.weekday()) * direction % 7
    if distance == 0 and is_strict:
        distance = 7
    return anchor + timedelta(days=distance * direction)


def closest_weekday(anchor: date, weekday: int) -> date:
    """The weekday closest to a day, for أمس الاثنين where the two disagree."""
    ahead = (weekday - anchor.weekday()) % 7
    return anchor + timedelta(days=ahead if ahead <= 3 else ahead - 7)


def year_of(anchor: date, month: int, day: int | None, direction: int | None) -> int:
    """The year of a day or month without one.

    `direction`: -1 past, 0 this, 1 next, FUTURE for a clause in the future, None unsaid.
    """
    key, today = (month, day or 0), (anchor.month, anchor.day if day else 0)
    if direction == 0:
        return anchor.year
    if direction == -1:
        return anchor.year - (key >= today)
    if direction == 1:
        return anchor.year + (key <= today if day is None else key < today)
    if direction == FUTURE:
        year = anchor.year + (key < today)
        if (first_day(year, key) - anchor).days <= FAR_AHEAD:
            return year
    return unsaid_year(anchor, key)


def unsaid_year(anchor: date, key: tuple[int, int]) -> int:
    """The latest year in which month and day are past, or just ahead."""
    for year in (anchor.year + 1, anchor.year):
        then = first_day(year, key)
        is_now = (then.year, then.month) == (anchor.year, anchor.month)
        if is_now or (then - anchor).days <= AHEAD:
            return year
    return anchor.year - 1


def first_day(year: int, key: tuple[int, int]) -> date:
    """The day of (month, day); the first of the month for day 0, the 28th for 29 February."""
    return real_day(year, key[0], key[1] or 1) or date(year, key[0], 28)


def year_with_weekday(anchor: date, key: tuple[int, int], weekday: int) -> int:
    """The year near the anchor in which the day falls on that weekday: الجمعة 4 مايو."""
    for year in (anchor.year, anchor.year - 1, anchor.year + 1):
        day = real_day(year, *key)
        if day and day.weekday() == weekday:
            return year
    return unsaid_year(anchor, key)


def week_of(day: date) -> Answer:
    """The week from Monday to Sunday that holds a day."""
    monday = day - timedelta(days=day.weekday())
    return Answer(monday.isoformat(), (monday + timedelta(days=6)).isoformat(), "week")


def hijri_day(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a Hijri one, None if there is none in the tables."""
    if year not in HIJRI_YEARS or not 1 <= month <= 12:
        return None
    first = Hijri(year, month, 1)
    if not 1 <= day <= first.month_length():
        return None
    return first.to_gregorian() + timedelta(days=day - 1)


def hijri_month(year: int, month: int) -> Answer | None:
    """The first and last Gregorian day of a Hijri month."""
    start = hijri_day(year, month, 1)
    if start is None:
        return None
    end = start + timedelta(days=Hijri(year, month, 1).month_length() - 1)
    return Answer(start.isoformat(), end.isoformat(), "month", "hijri")


def hijri_year(year: int) -> Answer:
    """The Gregorian days of a Hijri year; before the tables the year in which most of it fell."""
    start, last = hijri_day(year, 1, 1), hijri_month(year, 12)
    if start is None or last is None:
        return Answer(f"{int(year * 0.970224 + 621.9):04d}", None, "year", "hijri")
    return Answer(start.isoformat(), last.end_value, "year", "hijri")
