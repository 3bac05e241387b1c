"""One line a case: the text with <expressions> marked, then the values that must come out."""

from __future__ import annotations

import re

import pytest

from masdar.errors import InputError
from masdar.steps.times import find_times, load_time_words
from masdar.text.fold import fold
from masdar.types import Doubt, Span, TimeExpression

WORDS = load_time_words()
FRIDAY = "2018-05-18"

ABSOLUTE = [
    ("وقع الاتفاق <الأربعاء 9 مايو/أيار 2018> في المدينة", "2018-05-09"),
    ("بدأت الحرب في <كانون الثاني 2015>", "2015-01"),
    ("استقلت البلاد في <جويلية 1962>", "1962-07"),
    ("اجتمعوا في <مايو (أيار) 2017> مرتين", "2017-05"),
    ("منذ <نوفمبر/ تشرين الثاني 2016> لم يلتقوا", "2016-11"),
    ("وصل في <يونيو حزيران 2012> إلى السفارة", "2012-06"),
    ("في <الخامس عشر من آذار 2011> خرجت مظاهرات", "2011-03-15"),
    ("في <الحادي والعشرين من شهر أيلول 2014> سقطت المدينة", "2014-09-21"),
    ("صدر القرار في <12/5/2018> بالإجماع", "2018-05-12"),
    ("صدر القرار في <٢٠١٨-٠٥-١٢> بالإجماع", "2018-05-12"),
    ("صدر القرار في <١٢-٥-٢٠١٨> بالإجماع", "2018-05-12"),
    ("انتخب <عام 2015> رئيسا", "2015"),
    ("انتخب في <عام ألفين وخمسة عشر> رئيسا", "2015"),
    ("انتخب في <2014> رئيسا", "2014"),
    ("اندلعت في <أوائل 2011> احتجاجات", "2011"),
    ("بحلول <نهاية عام 2020م> ينتهي العمل", "2020"),
    ("ولد الشاعر (<1949>) في الشمال", "1949"),
    ("حكم <بين عامي 2014 و 2016> البلاد", "2014..2016"),
    ("حكم <من 2015 إلى 2019> البلاد", "2015..2019"),
    ("خلال <التسعينيات> انهار الاقتصاد", "1990..1999"),
    ("منذ <ثمانينات القرن الماضي> وهو يكتب", "1980..1989"),
    ("في <أواخر القرن التاسع عشر> ظهرت الصحف", "1800..1899"),
    ("نما الاقتصاد في <الربع الأول من 2018> ببطء", "2018-01..2018-03"),
    ("نما في <النصف الثاني من عام 2017> ببطء", "2017-07..2017-12"),
    ("هدأت الجبهات في <صيف 2016> قليلا", "2016-06..2016-08"),
    ("يعقد <من 28 أبريل إلى 3 مايو 2018> في تونس", "2018-04-28..2018-05-03"),
    ("يعقد <بين 3 و7 حزيران 2019> في تونس", "2019-06-03..2019-06-07"),
    ("بعد هجمات <11 سبتمبر> تغير العالم", "2001-09-11"),
    ("اجتمعوا في <31 فبراير 2018> سرا", "None"),
]
HIJRI = [
    ("يبدأ في <15 رمضان 1439 هـ> رسميا", "2018-05-30"),
    ("يبدأ <15 رمضان 1439 هـ الموافق 31 مايو 2018 م> رسميا", "2018-05-31"),
    ("خطة <عام 1440 هـ> جاهزة", "2018-09-11..2019-08-30"),
    ("بتاريخ <14 / 10 / 1436هـ> صدر الأمر", "2015-07-30"),
    ("خلال <رمضان الماضي> زاد الاستهلاك", "2017-05-27..2017-06-24"),
    ("في <العاشر من محرم> تجمع الآلاف", "2017-09-30"),
    ("أدان رجب طيب الهجوم وزار رمضان قديروف موسكو وفاز شعبان بالجائزة", ""),
]
RELATIVE = [
    ("التقى الوزير <اليوم الجمعة> نظيره", "2018-05-18"),
    ("التقى الوزير <أمس> نظيره", "2018-05-17"),
    ("وصل <مساء أول من أمس> وفد", "2018-05-16"),
    ("يصل <غدا السبت> وفد", "2018-05-19"),
    ("يصل <بعد غد> وفد", "2018-05-20"),
    ("قتل <فجر اليوم> جندي", "2018-05-18"),
    ("التقى <الاثنين> نظيره", "2018-05-14"),
    ("التقى <الجمعة> نظيره", "2018-05-18"),
    ("التقى <الجمعة الماضية> نظيره", "2018-05-11"),
    ("التقى <الثلاثاء قبل الماضي> نظيره", "2018-05-08"),
    ("التقى <يوم الأربعاء> نظيره", "2018-05-16"),
    ("يلتقي <السبت المقبل> نظيره", "2018-05-19"),
    ("من المقرر أن يلتقي الوزير <الاثنين> نظيره", "2018-05-21"),
    ("سيعقد الاجتماع <الأحد> في بيروت", "2018-05-20"),
    ("ليس في السياسة جديد و<الأحد> عاد", "2018-05-13"),
    ("قصفت الطائرات <ليلة السبت الأحد> مواقع", "2018-05-12..2018-05-13"),
    ("قصفت الطائرات <ليل الخميس - الجمعة> مواقع", "2018-05-17..2018-05-18"),
    ("اجتمعا <يومي الاثنين والثلاثاء> سرا", "2018-05-14..2018-05-15"),
    ("غادر <قبل ثلاثة أيام> البلاد", "2018-05-15"),
    ("يحكم <منذ عامين> البلاد", "2016"),
    ("سيغادر <بعد يومين> البلاد", "2018-05-20"),
    ("زارها <الشهر الماضي> للمرة الأولى", "2018-04"),
    ("زارها <العام قبل الماضي> للمرة الأولى", "2016"),
    ("يزورها <مطلع العام المقبل> للمرة الأولى", "2019"),
    ("ينتهي <نهاية الشهر الجاري> العقد", "2018-05"),
    ("زارها <الأسبوع الماضي> للمرة الأولى", "2018-05-07..2018-05-13"),
    ("اتفقا <الصيف الماضي> على ذلك", "2017-06..2017-08"),
    ("في <العقد الماضي> تغير كل شيء", "2000..2009"),
    ("زارها في <فبراير/شباط> للمرة الأولى", "2018-02"),
    ("زارها في <نوفمبر> للمرة الأولى", "2017-11"),
    ("ستجرى في <نوفمبر> انتخابات", "2018-11"),
    ("زارها في <30 آذار/مارس الماضي> للمرة الأولى", "2018-03-30"),
    ("زارها في <31 مارس من العام الماضي> للمرة الأولى", "2017-03-31"),
    ("يصل <بين يومي 26 و28 أيار الجاري> وفد", "2018-05-26..2018-05-28"),
    ("وقعوا في <14 و15 مايو> اتفاقين", "2018-05-14..2018-05-15"),
    ("وقعوا في <الـ15 من الشهر الجاري> اتفاقا", "2018-05-15"),
    ("وقعوا <الاثنين الساعة 10:30 صباحا> اتفاقا", "2018-05-14"),
    ("قتل في <15 مايو/أيار> جندي", "2018-05-15"),
]
TOLD_BEFORE = [
    ("وصل في <3 مايو 2017> وغادر في <اليوم التالي>", "2017-05-03 2017-05-04"),
    ("سقطت في <2014> وفي <العام نفسه> عادت", "2014 2014"),
    ("<اليوم التالي> لا يعرف", "None"),
]
VAGUE = [
    "زادت في <الأشهر الأخيرة> الهجمات",
    "يصل <قبل أيام> وفد",
    "سيحسم الأمر <خلال ساعات>",
    "يعملون هناك <منذ أكثر من عشر سنوات>",
    "تتضح الصورة في <الأيام القليلة المقبلة>",
]
NOTHING = [
    "استمرت الحرب ثلاث سنوات كاملة",
    "ينتهي العمل خلال ساعتين",
    "تقاعد بعد 50 سنة من العمل",
    "تجمعوا في ميدان التحرير بعد ثورة 25 يناير",
    "قالت حركة 14 آذار إنها ترفض",
    "قتل في حي 7 نيسان مدنيون",
    "بعد صلاة الجمعة خرجت مظاهرات",
    "قال أب لطفلين إن أحد الجنود ضربه",
    "نقلت صحيفة اليوم السابع عن مصدر",
    "كتبت صحيفة اليوم أن مارس الرجل ضغوطا",
    "حضر 2000 شخص من اليوم الأول",
    "سيارة الرئيس الثاني في الربع الخالي",
    "كان في الستينيات من عمره",
    "أصيب في الظهر",
]


def marked(source: str) -> tuple[str, list[str]]:
    """The text without <> and what stood between them."""
    return re.sub("[<>]", "", source), re.findall("<([^>]*)>", source)


def read(text: str, published: str | None = FRIDAY) -> tuple[TimeExpression, ...]:
    """The expressions of a text."""
    return find_times(text, fold(text), WORDS, published)


def words_at(text: str, spans: list[Span]) -> list[str]:
    """The words at spans."""
    return [text[span.start : span.end] for span in spans]


def value(time: TimeExpression) -> str:
    """The value as the tables write it."""
    return f"{time.value}..{time.end_value}" if time.end_value else str(time.value)


@pytest.mark.parametrize(("source", "values"), ABSOLUTE + HIJRI + RELATIVE + TOLD_BEFORE)
def test_span_and_value(source: str, values: str) -> None:
    text, answers = marked(source)
    times = read(text)
    assert words_at(text, [time.span for time in times]) == answers
    assert " ".join(map(value, times)) == values


@pytest.mark.parametrize("source", VAGUE)
def test_vague_period_has_no_value(source: str) -> None:
    text, answers = marked(source)
    (time,) = read(text)
    assert words_at(text, [time.span]) == answers
    assert (time.value, time.kind, time.provenance.doubts) == (None, "vague", (Doubt.VAGUE_DATE,))


@pytest.mark.parametrize("text", NOTHING)
def test_no_date(text: str) -> None:
    assert read(text) == ()


def test_without_anchor_stays_unresolved() -> None:
    (time,) = read("وصل الإثنين إلى العاصمة", None)
    assert (time.value, time.resolved_by) == (None, None)
    assert time.provenance.doubts == (Doubt.NO_ANCHOR_DATE,)


def test_absolute_needs_no_anchor() -> None:
    (time,) = read("وصل في تموز 2020 إلى العاصمة", None)
    assert (time.value, time.granularity, time.kind, time.resolved_by) == (
        "2020-07",
        "month",
        "absolute",
        None,
    )


def test_dateline_is_an_anchor() -> None:
    times = read("دمشق - 12 أيار 2018 (الوكالة) - وصل أمس وفد إلى العاصمة", None)
    assert [(time.value, time.resolved_by) for time in times] == [
        ("2018-05-12", None),
        ("2018-05-11", "dateline"),
    ]


def test_agency_dateline_with_both_calendars_is_an_anchor() -> None:
    times = read("الرياض 04 شوال 1436 هـ الموافق 20 يوليو 2015 م واس\nوصل أمس وفد", None)
    assert [(time.value, time.resolved_by) for time in times] == [
        ("2015-07-20", None),
        ("2015-07-19", "dateline"),
    ]


def test_this_year_needs_an_anchor() -> None:
    times = read("وصل في 3 أيار 2016 ثم غادر في 7 حزيران من العام الجاري", None)
    assert [time.value for time in times] == ["2016-05-03", None]


def test_today_with_full_date_is_an_anchor() -> None:
    times = read("قال الناطق باسم الوزارة في مؤتمر صحفي إن الوفد يصل اليوم 12 أيار 2018 وغادر أمس", None)
    assert [(time.value, time.resolved_by) for time in times] == [
        ("2018-05-12", None),
        ("2018-05-11", "date"),
    ]


def test_year_is_taken_from_a_date_told_before() -> None:
    times = read("وصل في 3 أيار 2016 ثم غادر في 7 حزيران", None)
    assert [(time.value, time.resolved_by) for time in times] == [
        ("2016-05-03", None),
        ("2016-06-07", "date"),
    ]


def test_hours_with_publication_time() -> None:
    (time,) = read("وقع الانفجار قبل 6 ساعات", "2018-05-18T04:30:00+00:00")
    assert (time.value, time.granularity) == ("2018-05-17T22", "hour")


def test_attached_letters_stay_outside() -> None:
    text = "وبالأمس وللعام الحالي وبأيار 2018"
    assert words_at(text, [time.span for time in read(text)]) == ["الأمس", "لعام الحالي", "أيار 2018"]


def test_vocalised_text_keeps_its_own_offsets() -> None:
    text = "وصلَ يومَ الخَمِيسِ إلى العاصمة"
    assert words_at(text, [time.span for time in read(text)]) == ["يومَ الخَمِيسِ"]


def test_bad_publication_date_says_what_to_do() -> None:
    with pytest.raises(InputError, match="ISO 8601"):
        read("وصل أمس", "أمس")
