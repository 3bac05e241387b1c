"""What each stretch of a published text is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masdar.steps.zones import entries, find_zones
from masdar.types import Article, ZoneKind

TITLE = "الوزير يصل إلى بيروت"
BODY = "وصل الوزير إلى بيروت أمس الأول."


def zones_of(text: str, title: str | None = None) -> list[tuple[str, str]]:
    """Kind and words of every zone."""
    found = find_zones(Article("a", text, title))
    return [(zone.kind.value, text[zone.span.start : zone.span.end]) for zone in found]


TITLES = [
    (f"{TITLE}\n{BODY}", None, TITLE),
    (f"{TITLE}\n{BODY}", TITLE, TITLE),
    (f"{TITLE}\n\n{BODY}", "الوزيرُ يصلُ الى بيروت..", TITLE),
    (f"{TITLE}\n{TITLE}\n{BODY}", None, f"{TITLE}\n{TITLE}"),
    (f"{BODY}\n{BODY}", None, ""),
    (f"{BODY}\nوقال إنه باق.", "عنوان من خارج النص", ""),
    (TITLE, None, ""),
]


@pytest.mark.parametrize(("text", "title", "found"), TITLES)
def test_title(text: str, title: str | None, found: str) -> None:
    assert "".join(words for kind, words in zones_of(text, title) if kind == "title") == found


# The first line of the body is cut where the dateline ends, shown by a bar
DATELINES = [
    "دمشق - سانا:| قال مصدر أمس.",
    "دبي، الإمارات العربية المتحدة (CNN)--| قال مصدر أمس.",
    "دبي، الإمارات العربية المتحدة (CNN)—| قال مصدر أمس.",
    "(CNN) --| قال مصدر أمس.",
    "الرياض (واس) -| قال مصدر أمس.",
    "بغداد/المدى|\nقال مصدر أمس.",
    "* واشنطن - «الشرق الأوسط»:| قال مصدر أمس.",
    "جدة 03 شوال 1436 هـ الموافق 19 يوليو 2015 م واس|\nقال مصدر أمس.",
    "الكويت - 3 - 7 (كونا) --| قال مصدر أمس.",
    "أبوظبي في 5 يوليو / وام / --| قال مصدر أمس.",
    "بيروت، 12 كانون الثاني (رويترز) -| قال مصدر أمس.",
    "بيروت -| قال مصدر أمس.",
]


@pytest.mark.parametrize("cut", DATELINES)
def test_dateline(cut: str) -> None:
    dateline, body = cut.split("|")
    assert zones_of(f"{TITLE}\n{dateline}{body}") == [
        ("title", TITLE),
        ("dateline", dateline),
        ("body", body.strip()),
    ]


NO_DATELINES = [
    "طهران: جاهزون للحوار مع الجميع دون شروط.",
    "قتل نحو 30 شخصا في الخليج - كما يقال - أمس.",
    "قال الرئيس (رويترز) أمس إنه باق.",
    "وقال الوزير: نعم للسلام.",
    "طريق بيروت - دمشق مقطوع منذ أمس.",
    "ذكرت وكالة الأنباء (سانا) أن الوفد وصل.",
    "كان في بيروت - كما قال - أمس.",
    "انتقد قصر الرئاسة، اليوم (السبت)، ذلك.",
]


@pytest.mark.parametrize("body", NO_DATELINES)
def test_no_dateline(body: str) -> None:
    assert zones_of(f"{TITLE}\n{body}") == [("title", TITLE), ("body", body)]


BYLINES = [
    "كتب: خالد سامي",
    "لندن: «الشرق الأوسط»",
    "بيروت - مراسلنا",
    "بقلم خالد سامي",
    "القاهرة: محمد سامي",
    "سامي خالد - بي بي سي",
]


@pytest.mark.parametrize("line", BYLINES)
def test_byline(line: str) -> None:
    assert zones_of(f"{TITLE}\n{line}\n{BODY}")[1] == ("byline", line)


NOT_BODY = [
    ("teaser", "اقرأ أيضاً: مسؤول يزور البصرة"),
    ("teaser", "للمزيد: مسؤول يزور البصرة"),
    ("teaser", "للمزيد، مسؤول يزور البصرة"),
    ("teaser", "شاهد أيضاً"),
    ("teaser", "شاهد.. لحظة وصول الوفد"),
    ("teaser", "مواضيع ذات صلة"),
    ("boilerplate", "حمل تطبيق الأخبار على هاتفك"),
    ("boilerplate", "رويترز/ أ ف ب"),
    ("boilerplate", "...المزيد"),
    ("boilerplate", "جميع الحقوق محفوظة"),
    ("boilerplate", "-----------"),
]


@pytest.mark.parametrize(("kind", "line"), NOT_BODY)
def test_line_that_is_no_body(kind: str, line: str) -> None:
    assert (kind, line) in zones_of(f"{TITLE}\n{BODY}\nوقال إنه باق.\n{line}")


STAYS_BODY = [
    "شاهد الملايين خطاب الرئيس",
    "للمزيد من الأمان نشرت قوات",
    "إدانة عربية",
    "الحوثيون يطلقون صاروخا على الرياض",  # a single headline is more often a subheading
    "حملت الحكومة المعارضة المسؤولية.",
    "كتب الوزير عن زيارته",
    "- البند الأول من الاتفاق",
    "1976: انتخب الوزير السابق رئيسا",
]


@pytest.mark.parametrize("line", STAYS_BODY)
def test_line_that_stays_body(line: str) -> None:
    text = f"{TITLE}\n{BODY}\nوقال إنه باق.\n{line}\nثم غادر في المساء."
    assert [kind for kind, _ in zones_of(text)] == ["title", "body"]


OTHERS = "تفاصيل زيارة الوزير السابقة إلى دمشق\nالوزير السابق يدعو إلى حوار في بغداد"


def test_headlines_of_other_articles() -> None:
    text = f"{TITLE}\n{BODY}\n{OTHERS}\nوقال إنه باق."
    assert [kind for kind, _ in zones_of(text)] == ["title", "body", "teaser", "teaser", "body"]


def test_a_list_is_no_run_of_headlines() -> None:
    text = f"{TITLE}\n{BODY}\nوهذه أهم المحطات:\n{OTHERS}\nوقال إنه باق."
    assert [kind for kind, _ in zones_of(text)] == ["title", "body"]


def test_headline_before_a_rule_of_dashes() -> None:
    text = f"{TITLE}\n{BODY}\nفرار الآلاف من جنوب البلاد\n------\nوقال إنه باق."
    assert [kind for kind, _ in zones_of(text)] == [
        "title",
        "body",
        "teaser",
        "boilerplate",
        "body",
    ]


def test_headlines_under_a_bare_cue() -> None:
    text = f"{TITLE}\n{BODY}\nاقرأ أيضاً:\nفرار الآلاف من الجنوب\nإدانة عربية\nوقال إنه باق."
    assert [kind for kind, _ in zones_of(text)].count("teaser") == 3


def test_repeated_standfirst() -> None:
    standfirst = "وزير الخارجية يصل إلى بيروت في زيارة رسمية."
    text = f"{TITLE}\n{standfirst}\n{BODY}\n{standfirst}"
    assert zones_of(text)[-1] == ("teaser", standfirst)


INSIDE = [
    ("وصل الوفد| pic.twitter.com/abcd1234|", "boilerplate"),
    ("نعم للسلام| — Sami (@sami_news) January 1, 2018|", "boilerplate"),
    ("وقال إنه باق. |اقرأ أيضاً: مسؤول يزور البصرة|", "teaser"),
    ("وقال إنه باق. |...المزيد|", "boilerplate"),
]


@pytest.mark.parametrize(("cut", "kind"), INSIDE)
def test_inside_a_line(cut: str, kind: str) -> None:
    before, inside, _ = cut.split("|")
    found = zones_of(f"{TITLE}\n{BODY}\n{before}{inside}")
    assert found[1:] == [("body", f"{BODY}\n{before.strip()}"), (kind, inside.strip())]


LEXICON_EXAMPLES = [
    (kind, entry["example"])
    for name, kind in (
        ("teasers", ZoneKind.TEASER),
        ("boilerplate", ZoneKind.BOILERPLATE),
        ("bylines", ZoneKind.BYLINE),
        ("cities", ZoneKind.DATELINE),
        ("agencies", ZoneKind.DATELINE),
        ("months", ZoneKind.DATELINE),
    )
    for entry in entries(name)
]


@pytest.mark.parametrize(("kind", "example"), LEXICON_EXAMPLES)
def test_every_entry_proves_itself(kind: ZoneKind, example: str) -> None:
    zone = example[example.index("<") + 1 : example.index(">")]
    text = example.replace("<", "").replace(">", "")
    assert (kind.value, zone) in zones_of(f"{TITLE}\n{text}")


@settings(deadline=None)
@given(st.text(alphabet="\n .:-/(«»ابتةدمشق1") | st.text())
def test_zones_cover_without_overlap(text: str) -> None:
    zones = find_zones(Article("a", text))
    assert "".join("".join(text[slice(*zone.span)].split()) for zone in zones) == "".join(text.split())
    assert all(first.span.end <= second.span.start for first, second in pairwise(zones))
