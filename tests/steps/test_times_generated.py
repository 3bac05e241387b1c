"""2,000 expressions made from parts, each with the value that the standard library reckons for it."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hijridate import Gregorian, Hijri

from masdar.steps.times import find_times, load_time_words
from masdar.text.fold import fold

COUNT = 2000
WORDS = load_time_words()
Case = tuple[str, str, str | None]  # expression, value, end value
Maker = Callable[[random.Random, date], Case]

LEVANT = "كانون الثاني,شباط,آذار,نيسان,أيار,حزيران,تموز,آب,أيلول,تشرين الأول,تشرين الثاني,كانون الأول"
EGYPT = "يناير,فبراير,مارس,أبريل,مايو,يونيو,يوليو,أغسطس,سبتمبر,أكتوبر,نوفمبر,ديسمبر"
MAGHREB = "جانفي,فيفري,مارس,أفريل,ماي,جوان,جويلية,أوت,سبتمبر,أكتوبر,نوفمبر,ديسمبر"
HIJRI = "محرم,صفر,ربيع الأول,ربيع الآخر,جمادى الأولى,جمادى الآخرة,رجب,شعبان,رمضان,شوال,ذي القعدة,ذي الحجة"
WEEKDAYS = "الاثنين,الثلاثاء,الأربعاء,الخميس,الجمعة,السبت,الأحد"
ORDINALS = "الأول,الثاني,الثالث,الرابع,الخامس,السادس,السابع,الثامن,التاسع,العاشر"
CARDINALS = "ثلاثة,أربعة,خمسة,ستة,سبعة,ثمانية,تسعة,عشرة"
FEMININE = "ثلاث,أربع,خمس,ست,سبع,ثماني,تسع,عشر"
DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
FRAMES = (
    "أعلن الوزير في بيروت {} عن الخطة",
    "بحسب البيان، {}، وقع الحادث",
    "و{} عاد الوفد إلى البلاد",
    "هذا ما قاله المصدر {}.",
)


def pick(rng: random.Random, names: str) -> str:
    """One of several names."""
    return rng.choice(names.split(","))


def month_name(rng: random.Random, month: int) -> str:
    """A month in one of the three namings or in two at once."""
    levant, egypt, maghreb = (names.split(",")[month - 1] for names in (LEVANT, EGYPT, MAGHREB))
    pairs = [f"{levant}/{egypt}", f"{egypt}/{levant}", f"{egypt} ({levant})", f"{egypt} / {levant}"]
    return rng.choice([levant, egypt, maghreb, *pairs])


def digits(rng: random.Random, number: int) -> str:
    """A number in Western or Arabic-Indic digits."""
    return str(number) if rng.random() < 0.5 else str(number).translate(DIGITS)


def ordinal(number: int) -> str:
    """1 to 31 in words: الحادي والعشرين."""
    ones = ORDINALS.split(",")
    if number <= 10:
        return ones[number - 1]
    first = "الحادي" if number % 10 == 1 else ones[number % 10 - 1]
    if number < 20:
        return f"{first} عشر"
    tens = "العشرين" if number < 30 else "الثلاثين"
    return f"{first} و{tens}" if number % 10 else tens


def some_day(rng: random.Random) -> date:
    """A day of 1950 to 2030."""
    return date(1950, 1, 1) + timedelta(days=rng.randrange(29000))


def full_date(rng: random.Random, _: date) -> Case:
    """الأربعاء 9 مايو/أيار 2018"""
    day = some_day(rng)
    weekday = WEEKDAYS.split(",")[day.weekday()]
    head = rng.choice(["", "يوم ", f"{weekday} ", f"يوم {weekday} ", f"{weekday}، ", "مساء "])
    year = rng.choice(["", "عام ", "من عام "]) + digits(rng, day.year)
    text = f"{head}{digits(rng, day.day)} {month_name(rng, day.month)} {year}"
    return text, day.isoformat(), None


def worded_date(rng: random.Random, _: date) -> Case:
    """الحادي والعشرين من آذار 2011"""
    day = some_day(rng)
    month = rng.choice(["", "شهر "]) + month_name(rng, day.month)
    return f"{ordinal(day.day)} من {month} {day.year}", day.isoformat(), None


def numeric_date(rng: random.Random, _: date) -> Case:
    """12/5/2018, 2018-05-12"""
    day = some_day(rng)
    sign = rng.choice("/-.")
    text = rng.choice([f"{day.day}{sign}{day.month}{sign}{day.year}", f"{day.year}-{day.month:02}-{day.day:02}"])
    return text.translate(DIGITS) if rng.random() < 0.5 else text, day.isoformat(), None


def month_and_year(rng: random.Random, _: date) -> Case:
    """مطلع تموز 2020"""
    day = some_day(rng)
    head = rng.choice(["", "شهر ", "مطلع ", "نهاية شهر ", "منتصف "])
    text = f"{head}{month_name(rng, day.month)} {digits(rng, day.year)}"
    return text, day.isoformat()[:7], None


def year(rng: random.Random, _: date) -> Case:
    """عام 2015, سنة ألفين وثمانية عشر"""
    number = rng.randrange(1850, 2040)
    head = rng.choice(["عام", "العام", "سنة", "مطلع عام", "نهاية عام", "أوائل سنة"])
    return f"{head} {digits(rng, number)}", str(number), None


def weekday_past(rng: random.Random, anchor: date) -> Case:
    """الجمعة الماضي, مساء الأحد"""
    number = rng.randrange(7)
    name = WEEKDAYS.split(",")[number]
    is_strict = rng.random() < 0.5
    day = anchor - timedelta(days=1) if is_strict else anchor
    while day.weekday() != number:
        day -= timedelta(days=1)
    head = rng.choice(["", "يوم ", "مساء ", "صباح يوم ", "ليل "])
    return f"{head}{name}{' الماضي' if is_strict else ''}", day.isoformat(), None


def weekday_next(rng: random.Random, anchor: date) -> Case:
    """السبت المقبل"""
    number = rng.randrange(7)
    day = anchor + timedelta(days=1)
    while day.weekday() != number:
        day += timedelta(days=1)
    return f"{WEEKDAYS.split(',')[number]} {rng.choice(['المقبل', 'القادم'])}", day.isoformat(), None


def near_day(rng: random.Random, anchor: date) -> Case:
    """مساء أول أمس"""
    words = {"اليوم": 0, "أمس": -1, "أول أمس": -2, "أول من أمس": -2, "غدا": 1, "بعد غد": 2, "يوم أمس": -1}
    word, shift = rng.choice(sorted(words.items()))
    day = anchor + timedelta(days=shift)
    head = rng.choice(["", "صباح ", "مساء ", "فجر "]) if word not in ("غدا", "بعد غد") else ""
    tail = rng.choice(["", " " + WEEKDAYS.split(",")[day.weekday()]])
    return f"{head}{word}{tail}", day.isoformat(), None


def days_ago(rng: random.Random, _: date) -> Case:
    """قبل ثلاثة أيام, منذ 15 يوما, قبل يومين"""
    number = rng.randrange(2, 30)
    word = counted(rng, number, ("يومين", "أيام", "يوما"), CARDINALS)
    day = _ - timedelta(days=number)
    return f"{rng.choice(['قبل', 'منذ', 'قبل نحو'])} {word}", day.isoformat(), None


def months_ago(rng: random.Random, anchor: date) -> Case:
    """منذ ثلاثة أشهر"""
    number = rng.randrange(2, 30)
    word = counted(rng, number, ("شهرين", "أشهر", "شهرا"), CARDINALS)
    total = anchor.year * 12 + anchor.month - 1 - number
    return f"منذ {word}", f"{total // 12}-{total % 12 + 1:02}", None


def years_ago(rng: random.Random, anchor: date) -> Case:
    """منذ عامين, قبل ثلاث سنوات"""
    number = rng.randrange(2, 60)
    word = counted(rng, number, ("سنتين", "سنوات", "سنة"), FEMININE)
    return f"{rng.choice(['قبل', 'منذ'])} {word}", str(anchor.year - number), None


def counted(rng: random.Random, number: int, forms: tuple[str, str, str], words: str) -> str:
    """Two, three to ten, or more of something, as Arabic counts them."""
    if number == 2:
        return forms[0]
    if number > 10:
        return f"{digits(rng, number)} {forms[2]}"
    word = rng.choice([digits(rng, number), words.split(",")[number - 3]])
    return f"{word} {forms[1]}"


def month_near(rng: random.Random, anchor: date) -> Case:
    """الشهر المقبل, نهاية الشهر الجاري"""
    words = {"الماضي": -1, "الفائت": -1, "المقبل": 1, "القادم": 1, "الجاري": 0, "الحالي": 0}
    word, shift = rng.choice(sorted(words.items()))
    total = anchor.year * 12 + anchor.month - 1 + shift
    head = rng.choice(["", "مطلع ", "نهاية ", "أواخر "])
    return f"{head}الشهر {word}", f"{total // 12}-{total % 12 + 1:02}", None


def year_near(rng: random.Random, anchor: date) -> Case:
    """العام الماضي, مطلع السنة المقبلة"""
    word, shift = rng.choice([("العام الماضي", -1), ("السنة الماضية", -1), ("العام المقبل", 1), ("هذا العام", 0)])
    return f"{rng.choice(['', 'مطلع ', 'نهاية '])}{word}", str(anchor.year + shift), None


def week_near(rng: random.Random, anchor: date) -> Case:
    """الأسبوع الماضي"""
    word, shift = rng.choice([("الماضي", -1), ("المقبل", 1), ("الجاري", 0)])
    monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=shift)
    return f"الأسبوع {word}", monday.isoformat(), (monday + timedelta(days=6)).isoformat()


def day_with_tense(rng: random.Random, anchor: date) -> Case:
    """15 مايو الماضي, 15 مايو المقبل"""
    is_past = rng.random() < 0.5
    day = anchor + timedelta(days=rng.randrange(1, 360) * (-1 if is_past else 1))
    if (day.month, day.day) == (2, 29):
        day += timedelta(days=1)
    word = "الماضي" if is_past else "المقبل"
    return f"{day.day} {month_name(rng, day.month)} {word}", day.isoformat(), None


def hijri_date(rng: random.Random, _: date) -> Case:
    """15 رمضان 1439 هـ"""
    found = Hijri(rng.randrange(1380, 1460), rng.randrange(1, 13), rng.randrange(1, 30))
    month = HIJRI.split(",")[found.month - 1]
    text = f"{digits(rng, found.day)} {month} {digits(rng, found.year)} هـ"
    return text, found.to_gregorian().isoformat(), None


def hijri_month(rng: random.Random, _: date) -> Case:
    """شهر رمضان 1439"""
    first = Hijri(rng.randrange(1380, 1460), rng.randrange(1, 13), 1)
    start = first.to_gregorian()
    end = start + timedelta(days=first.month_length() - 1)
    text = f"{rng.choice(['', 'شهر ', 'مطلع '])}{HIJRI.split(',')[first.month - 1]} {first.year}"
    return text + rng.choice(["", " هـ", "هـ"]), start.isoformat(), end.isoformat()


def hijri_last(rng: random.Random, anchor: date) -> Case:
    """رمضان الماضي: the latest one that has ended"""
    month = rng.randrange(1, 13)
    now = Gregorian(anchor.year, anchor.month, anchor.day).to_hijri()
    first = Hijri(now.year if now.month > month else now.year - 1, month, 1)
    start = first.to_gregorian()
    end = start + timedelta(days=first.month_length() - 1)
    return f"{HIJRI.split(',')[month - 1]} الماضي", start.isoformat(), end.isoformat()


def days_range(rng: random.Random, _: date) -> Case:
    """من 3 إلى 7 حزيران 2018"""
    first, last = sorted(rng.sample(range(1, 29), 2))
    number, month = rng.randrange(1990, 2030), rng.randrange(1, 13)
    shape = rng.choice(["من {} إلى {}", "بين {} و{}", "{} و{}", "بين يومي {} و{}", "{}-{}"])
    text = f"{shape.format(digits(rng, first), last)} {month_name(rng, month)} {number}"
    return text, date(number, month, first).isoformat(), date(number, month, last).isoformat()


def years_range(rng: random.Random, _: date) -> Case:
    """بين عامي 2014 و 2016"""
    first, last = sorted(rng.sample(range(1900, 2030), 2))
    shape = rng.choice(["بين عامي {} و{}", "بين عامي {} و {}", "من {} إلى {}", "من عام {} حتى عام {}"])
    return shape.format(digits(rng, first), digits(rng, last)), str(first), str(last)


def weekdays_range(rng: random.Random, anchor: date) -> Case:
    """ليل الخميس - الجمعة"""
    number = rng.randrange(7)
    end = anchor
    while end.weekday() != (number + 1) % 7:
        end -= timedelta(days=1)
    names = WEEKDAYS.split(",")
    shape = rng.choice(["ليلة {} {}", "ليل {} - {}", "ليل {}/{}", "يومي {} و{}"])
    text = shape.format(names[number], names[(number + 1) % 7])
    return text, (end - timedelta(days=1)).isoformat(), end.isoformat()


def decade(rng: random.Random, _: date) -> Case:
    """سبعينيات القرن الماضي"""
    names = "عشرينيات,ثلاثينيات,أربعينيات,خمسينات,ستينيات,سبعينات,ثمانينيات,تسعينيات"
    number = rng.randrange(8)
    start = 1920 + 10 * number
    return f"{names.split(',')[number]} القرن الماضي", str(start), str(start + 9)


MAKERS: tuple[Maker, ...] = (
    full_date,
    worded_date,
    numeric_date,
    month_and_year,
    year,
    weekday_past,
    weekday_next,
    near_day,
    days_ago,
    months_ago,
    years_ago,
    month_near,
    year_near,
    week_near,
    day_with_tense,
    hijri_date,
    hijri_month,
    hijri_last,
    days_range,
    years_range,
    weekdays_range,
    decade,
)


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.__name__)
def test_generated(maker: Maker) -> None:
    rng = random.Random(maker.__name__)
    for _ in range(COUNT // len(MAKERS) + 1):
        anchor = date(2001, 1, 1) + timedelta(days=rng.randrange(9000))
        expression, value, end_value = maker(rng, anchor)
        text = rng.choice(FRAMES).format(expression)
        times = find_times(text, fold(text), WORDS, anchor.isoformat())
        found = [(text[t.span.start : t.span.end], t.value, t.end_value) for t in times]
        assert found == [(expression, value, end_value)], (text, anchor)
