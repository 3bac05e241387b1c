"""The day something was published, from whatever a file or a page says: ISO 8601, RFC 2822 or Arabic words."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from functools import cache

from masdar.steps.times import TimeWords, find_times, load_time_words
from masdar.text.fold import fold
from masdar.types import Span

YEARS = range(1000, 2200)  # as the reader takes them
MONTH_FIRST = re.compile(r"(?<!\w)([^\W\d_]+) (\d{1,2})[,،] ?(\d{4})(?!\d)")


def to_published(value: object) -> str | None:
    """ISO 8601 of a date as found; None where it names no day.

    ١٧ كانون الثاني ٢٠٢٣ (17 January 2023) → 2023-01-17, Tue, 17 Jan 2023 10:00:00 +0300 → 2023-01-17T10:00:00+03:00
    """
    if isinstance(value, datetime):
        return of_moment(value)
    if isinstance(value, date):
        return value.isoformat() if value.year in YEARS else None
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        return of_mail_date(value) or day_of(value)
    return to_published(moment.date() if len(value.strip()) <= len("2018-05-12") else moment)


def of_moment(moment: datetime) -> str | None:
    """A date and time; midnight without a time zone is how tables write a day."""
    if moment.year not in YEARS:
        return None
    is_day = moment.tzinfo is None and moment.time() == moment.min.time()
    return moment.date().isoformat() if is_day else moment.replace(microsecond=0).isoformat()


def of_mail_date(value: str) -> str | None:
    """A date as in mail and feeds: Tue, 17 Jan 2023 10:00:00 GMT."""
    try:
        return of_moment(parsedate_to_datetime(value))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def day_of(line: str) -> str | None:
    """The first full day that a line names: نشر الثلاثاء 17 يناير 2023 (published on …) → 2023-01-17."""
    found = find_day(line)
    return found[0] if found else None


def find_day(line: str) -> tuple[str, Span] | None:
    """The first full day that a line names, and where: no day reckoned from today, no month, no period."""
    line = MONTH_FIRST.sub(r"\2 \1 \3 ", line)  # يناير 17, 2023, of the same length
    for time in find_times(line, fold(line), time_words(), None):
        is_full = time.value and not time.end_value and not time.resolved_by and time.granularity == "day"
        if is_full and time.value and to_published(time.value):
            return time.value, time.span
    return None


@cache
def time_words() -> TimeWords:
    """The words of time; loaded when first needed."""
    return load_time_words()
