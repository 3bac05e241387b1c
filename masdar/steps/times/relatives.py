"""Times told from another time: أمس, الجمعة الماضية, قبل ثلاثة أيام, في اليوم التالي."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from masdar.steps.times.answers import Answer, Reading, relative, unanchored, vague
from masdar.steps.times.reckon import (
    add_months,
    add_years,
    closest_weekday,
    iso_month,
    nearest_weekday,
    week_of,
)
from masdar.steps.times.tense import tense
from masdar.steps.times.words import Kind

LAST_YEAR = 9999
MANY = 3  # the value of a plural in the lexicon
COUNTS = frozenset({Kind.NUMBER, Kind.ORDINAL, Kind.CLOCK})
BEGINS_DATE = frozenset({Kind.WEEKDAY, Kind.MONTH, Kind.HIJRI, Kind.DAYREL, Kind.YEAR, Kind.TODAY, Kind.ARTICLE})


def near_day(reading: Reading) -> Answer | None:
    """اليوم, مساء أمس, أول من أمس, غدا الاثنين, اليوم (الخميس)"""
    atom = reading.atom("rel")
    if atom and is_not_today(reading):
        return None
    if reading.anchor is None:
        return unanchored("day")
    days = -1 if reading.has("mod") else reading.value("rel") or 0
    day = reading.anchor.day + timedelta(days=days)
    if (weekday := reading.value("weekday")) is not None:
        day = closest_weekday(day, weekday)
    return relative(Answer(day.isoformat()), reading.anchor.resolved_by)


def is_not_today(reading: Reading) -> bool:
    """صحيفة اليوم, حزب الغد, اليوم السابع, اليوم العالمي: names."""
    if reading.has("weekday") or reading.atoms.word(reading.start) not in ("اليوم", "الغد"):
        return False
    if reading.kind(-2) in (Kind.FROM, Kind.IN):  # طلب من روسيا اليوم
        return reading.precedes("today_tails")
    return reading.follows("today_heads") or reading.precedes("today_tails")


def weekday(reading: Reading) -> Answer | None:
    """الاثنين, مساء الأحد, الجمعة الماضي, السبت قبل الماضي; not صلاة الجمعة, أيام الجمعة"""
    if reading.follows("weekday_heads") or reading.precedes("weekday_tails"):
        return None
    if reading.value("days") == MANY:
        return None
    if reading.anchor is None:
        return unanchored("day")
    day = weekday_near(reading, reading.value("weekday") or 0)
    return relative(Answer(day.isoformat()), reading.anchor.resolved_by)


def weekday_near(reading: Reading, number: int) -> date:
    """The weekday meant: by its adjective, else by tense, else the nearest up to the anchor."""
    assert reading.anchor is not None
    said = reading.value("mod")
    if said in (-1, 1):
        day = nearest_weekday(reading.anchor.day, number, said, True)
        return day - timedelta(weeks=1) if reading.has("before") else day
    ahead = 1 if tense(reading) > 0 else -1
    return nearest_weekday(reading.anchor.day, number, ahead, False)


def weekday_to_weekday(reading: Reading) -> Answer | None:
    """ليلة السبت الأحد, ليل الخميس - الجمعة, يومي الاثنين والثلاثاء"""
    if reading.value("days") == 1:
        return None
    if reading.anchor is None:
        return unanchored("day")
    first, last = reading.value("weekday") or 0, reading.value("last") or 0
    if tense(reading) > 0 or reading.value("mod") == 1:
        start = weekday_near(reading, first)
        end = nearest_weekday(start, last, 1, True)
    else:
        end = weekday_near(reading, last)
        start = nearest_weekday(end, first, -1, True)
    return relative(Answer(start.isoformat(), end.isoformat()), reading.anchor.resolved_by)


def day_part(reading: Reading) -> Answer | None:
    """فجرا, في الصباح, هذا المساء; not الثامنة صباحا (a clock time), ليلا, العصر الحديث"""
    word = reading.atoms.word(reading.places["word"])
    if word not in reading.words.context["said_alone"] or reading.kind(-1) in COUNTS:
        return None
    has_in = reading.kind(-1) is Kind.IN or reading.kind(0) is Kind.THIS
    if word.startswith("ال") and not has_in:
        return None
    if reading.anchor is None:
        return unanchored("day")
    return relative(Answer(reading.anchor.day.isoformat()), reading.anchor.resolved_by)


def unit_near(reading: Reading) -> Answer | None:
    """الشهر الماضي, العام قبل الماضي, مطلع العام المقبل, هذا الأسبوع, نهاية الشهر"""
    unit = reading.unit("unit")
    if reading.has("recent"):
        return vague(unit)
    number = reading.value("mod") or 0
    return shifted(reading, unit, number - reading.has("before"))


def units_near(reading: Reading) -> Answer | None:
    """الأشهر الأخيرة, الأيام القليلة المقبلة, الساعات الـ24 الماضية: no certain time; not هذه المرحلة"""
    if reading.unit("units") == "period" and reading.kind(0) is Kind.THIS:
        return None
    return vague(reading.unit("units"))


def ago(reading: Reading) -> Answer | None:
    """منذ عامين, قبل ثلاثة أيام, بعد يومين, قبل 6 ساعات; vague: منذ سنوات, قبل أكثر من عام"""
    unit, count = reading.unit("unit"), reading.value("count")
    if reading.kind(1) in BEGINS_DATE or (reading.kind(1) is Kind.NUMBER and count is None):
        return None
    size = reading.value("unit") or 0
    before, unit_atom = reading.kind(-1), reading.atom("unit")
    if count is None and unit_atom and before is unit_atom.kind:  # يوما بعد يوم, day by day
        return None
    if (count is None and size == MANY) or reading.has("more") or reading.has("few"):
        return None if is_duration(reading) else vague(unit)
    if is_duration(reading):
        return None
    if is_told_from_event(reading):
        return vague(unit)
    number = (count if count is not None else size) * (reading.value("dir") or 0)
    return shifted(reading, unit, number, reading.has("half"))


def is_duration(reading: Reading) -> bool:
    """بعد 50 سنة من العمل, بعد أسبوعين فقط من الهجوم: how long, not when."""
    if reading.value("dir") != 1:
        return False
    near = (reading.end, reading.end + 1)
    return any(reading.atoms.word(at) == "من" for at in near)


def is_told_from_event(reading: Reading) -> bool:
    """قبل يومين من الانتخابات, وصل وبعد يومين غادر: not reckoned from now."""
    if reading.kind(1) is Kind.FROM or reading.after() == "علي":
        return reading.atoms.word(reading.places["dir"]) != "منذ"
    return reading.value("dir") == 1 and tense(reading) < 0


def within(reading: Reading) -> Answer | None:
    """خلال ساعات, في غضون أيام: soon; خلال ساعتين is a duration; خلال يوم أو يومين a range"""
    if not reading.has("other"):
        is_soon = reading.value("unit") == MANY and not is_of_something(reading)
        return vague(reading.unit("unit")) if is_soon else None
    if reading.anchor is None:
        return unanchored(reading.unit("unit"))
    first = shifted(reading, reading.unit("unit"), reading.value("unit") or 0)
    last = shifted(reading, reading.unit("other"), reading.value("other") or 0)
    return replace(first, end_value=last.end_value or last.value)


def is_of_something(reading: Reading) -> bool:
    """خلال أيام العيد: the days of something."""
    if reading.kind(1) is Kind.FROM:
        return True
    return reading.kind(1) is not None and reading.after().startswith(("ال", "عيد"))


def shifted(reading: Reading, unit: str, number: int, has_half: bool = False) -> Answer:
    """So many units from the anchor, at the unit's own granularity."""
    if reading.anchor is None:
        return unanchored(unit)
    day = reading.anchor.day
    if unit in ("hour", "minute"):
        found = hours_away(reading, unit, number)
    elif unit == "day":
        found = Answer((day + timedelta(days=number)).isoformat())
    elif unit == "week":
        found = week_of(day + timedelta(weeks=number))
    elif unit == "month":
        found = Answer(iso_month(*add_months(day, number)), None, "month")
    else:
        found = years_away(day, unit, number, has_half)
    return relative(found, reading.anchor.resolved_by)


def hours_away(reading: Reading, unit: str, number: int) -> Answer:
    """The hour, where the anchor has one; else the day."""
    assert reading.anchor is not None
    step = timedelta(hours=number) if unit == "hour" else timedelta(minutes=number)
    if reading.anchor.moment is None:
        whole_days = timedelta(days=int(step / timedelta(days=1)))
        return Answer((reading.anchor.day + whole_days).isoformat(), None, "hour")
    return Answer((reading.anchor.moment + step).strftime("%Y-%m-%dT%H"), None, "hour")


def years_away(day: date, unit: str, number: int, has_half: bool) -> Answer:
    """Years, decades or centuries from a day: منذ عام ونصف, العقد الماضي."""
    if unit in ("decade", "century"):
        return decades_away(day, unit, number)
    if not 1 <= day.year + number <= LAST_YEAR:
        return vague("year")
    if has_half:
        months = number * 12 + (6 if number > 0 else -6)
        return Answer(f"{add_months(day, months)[0]:04d}", None, "year")
    return Answer(f"{add_years(day, number).year:04d}", None, "year")


def decades_away(day: date, unit: str, number: int) -> Answer:
    """The decade or century so many away: العقد الماضي."""
    length, name = (10, "decade") if unit == "decade" else (100, "period")
    start = (day.year // length + number) * length
    if not 0 <= start <= LAST_YEAR - length:
        return vague(name)
    return Answer(f"{start:04d}", f"{start + length - 1:04d}", name)


def told_before(reading: Reading) -> Answer | None:
    """اليوم نفسه, في اليوم التالي, ذلك العام, نفس الشهر: from the date told last before"""
    unit = reading.unit("unit") or "day"
    told = reading.last
    if unit == "day" and reading.atoms.word(reading.end - 1) in ("نفسها", "ذاتها"):
        return None
    if told is None or told.value is None:
        return unanchored(unit)
    number = reading.value("following") or 0
    found = from_told(told.end_value or told.value, unit, number)
    return relative(found, "date") if found else unanchored(unit)


def same_month(reading: Reading) -> Answer | None:
    """مقارنة بالشهر نفسه من العام الماضي: the month told before, in another year"""
    told = reading.last
    if reading.anchor is None or told is None or told.value is None or len(told.value) < len("2018-05"):
        return unanchored("month")
    year = reading.anchor.day.year + (reading.value("yearmod") or 0)
    return relative(Answer(f"{year:04d}{told.value[4:7]}", None, "month"), "date")


def from_told(value: str, unit: str, number: int) -> Answer | None:
    """So many units from a date told before, if that is precise enough."""
    year, *rest = map(int, value[:10].split("-"))
    if unit == "year":
        return Answer(f"{year + number:04d}", None, "year")
    if not rest:
        return None
    if unit == "month":
        return Answer(iso_month(*add_months(date(year, rest[0], 1), number)), None, "month")
    if len(rest) < 2:
        return None
    day = date(year, *rest)
    if unit == "week":
        return week_of(day + timedelta(weeks=number))
    return Answer((day + timedelta(days=number)).isoformat()) if unit == "day" else None
