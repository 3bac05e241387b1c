"""The day an article speaks from: publication, else dateline, else اليوم with a full date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from masdar.errors import InputError
from masdar.steps.times.answers import Anchor, Answer, Reading
from masdar.steps.times.words import Kind

YEARS = range(1000, 2200)  # room on both sides for what is reckoned from it
DATELINE_LINES = 3  # a title may stand before the dateline, also twice
DATELINE_START = 45  # characters of its line before the date: دمشق - سانا - 12 أيار 2018
DATELINE_ENDS = frozenset({Kind.DASH, Kind.OPEN, Kind.STOP, Kind.AH, Kind.MATCHING})


def publication(published: str | None) -> Anchor | None:
    """The anchor of a published date or date and time."""
    if published is None:
        return None
    try:
        moment = datetime.fromisoformat(published)
    except ValueError as error:
        raise InputError(f'published is "{published}"; give an ISO 8601 date such as 2018-05-12, or none.') from error
    if moment.year not in YEARS:
        raise InputError(f'published is "{published}"; give a year between {YEARS[0]} and {YEARS[-1]}, or none.')
    has_time = len(published) > len("2018-05-12")
    return Anchor(moment.date(), "published", moment if has_time else None)


def own_anchor(written: Iterable[tuple[Reading, Answer]]) -> Anchor | None:
    """The anchor an article without publication date gives itself."""
    full = [(reading, day) for reading, answer in written if (day := full_day(answer))]
    for reading, day in full:
        if is_dateline(reading):
            return Anchor(day, "dateline")
    for reading, day in full:
        atom = reading.atom("today")
        if atom and atom.kind in (Kind.TODAY, Kind.DAYREL):
            return Anchor(day - timedelta(days=atom.sense.value), "date")
    return None


def full_day(answer: Answer) -> date | None:
    """The day of an absolute answer that names one."""
    if answer.value is None or answer.end_value or answer.resolved_by:
        return None
    if answer.granularity != "day":
        return None
    return date.fromisoformat(answer.value)


def is_dateline(reading: Reading) -> bool:
    """الرياض 12 مايو 2018 (واس): early in one of the first lines, before a sign."""
    text = reading.atoms.folded.text
    start = reading.atoms.items[reading.start].start
    line_start = text.rfind("\n", 0, start) + 1
    if text.count("\n", 0, start) >= DATELINE_LINES or start - line_start > DATELINE_START:
        return False
    if reading.kind(1) is Kind.OTHER and reading.after().isalpha():  # 20 يوليو 2015 م واس
        return reading.kind(2) in (None, Kind.STOP)
    return reading.kind(1) in (None, *DATELINE_ENDS) or reading.after() in (":", "/")
