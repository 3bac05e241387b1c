"""Pages in HTML: main text, title, outlet, address, day."""

from __future__ import annotations

from pathlib import Path

import pytest

from masdar.errors import InputError
from masdar.sources import open_source
from masdar.sources.html import read_html
from masdar.steps.zones import find_zones
from masdar.types import Article, ZoneKind
from tests.sources import pages
from tests.sources.pages import FIRST, OTHER, RELATED, SECOND, THIRD, TITLE, page

DAY = "2023-01-17"


def read(text: str, encoding: str = "utf-8", url: str | None = None) -> Article:
    """The article of a page."""
    return read_html(text.encode(encoding), "page.html", url)


def test_a_page_that_says_everything() -> None:
    article = read(pages.with_open_graph())
    related = f"{RELATED}: {OTHER}"
    assert article.text == "\n".join((TITLE, FIRST, related, SECOND, THIRD))
    assert (article.title, article.source) == (TITLE, "صحيفة الواحة")
    assert article.url == "https://alwaha.example/news/5501"
    assert article.published == "2023-01-17T10:30:00+03:00"
    teasers = [zone for zone in find_zones(article) if zone.kind is ZoneKind.TEASER]
    assert [article.text[zone.span.start : zone.span.end] for zone in teasers] == [related]


def test_linked_data() -> None:
    article = read(pages.with_linked_data(), url="https://www.annahr.example/7?utm_source=x")
    assert article.text == "\n".join((TITLE, FIRST, SECOND, THIRD))
    assert (article.source, article.published) == ("قناة النهر", "2023-01-17T22:15:00+00:00")
    assert article.url == "https://www.annahr.example/7"


def test_broken_linked_data() -> None:
    broken = pages.with_linked_data().replace('"@graph": [', '"@graph": [,')
    assert read(broken).published is None  # it tells two days
    assert read(broken.replace("2001-01-01", "")).published == "2023-01-17T22:15:00+00:00"


DAYS = [
    "الثلاثاء 17 كانون الثاني 2023",
    "نشر في: ١٧ يناير/كانون الثاني ٢٠٢٣ - 10:30 بتوقيت مكة المكرمة",
    "17 جانفي 2023",
    "يناير 17, 2023",
    "24 جمادى الآخرة 1444 هـ",
    "17/01/2023 10:30",
]


@pytest.mark.parametrize("day", DAYS)
def test_a_day_in_words_beside_the_headline(day: str) -> None:
    article = read(pages.with_levantine_date(day))
    assert article.published == DAY
    lines = article.text.split("\n")
    assert lines == [TITLE, "الواحة - مراسلنا", FIRST, SECOND, THIRD]  # the line with the day is no part of the text


FLASHES = ["افتتح الوزير الجسر في 17 كانون الثاني 2023.", "وصل الوزير الثلاثاء 17 كانون الثاني 2023"]


@pytest.mark.parametrize("flash", FLASHES)
def test_a_sentence_with_a_day_is_no_label(flash: str) -> None:
    article = read(page(f"<title>{TITLE}</title>", f"<article><h1>{TITLE}</h1><p>{flash}</p>{pages.BODY}</article>"))
    assert article.text.split("\n")[:3] == [TITLE, flash, FIRST]


def test_the_day_of_an_update_counts_less() -> None:
    shown = "آخر تحديث: 19 كانون الثاني 2023</span></div><div><span>نشر: 17 كانون الثاني 2023"
    assert read(pages.with_levantine_date(shown)).published == DAY


NO_DAYS = [
    "الواحة",
    "ذكرى معركة الواحة في 6 تشرين الأول 1973",
    "ذكرى معركة 6 تشرين الأول 1973 في الواحة حيث سقط جنود كثيرون من أهل المدينة يومها",
    "منذ 3 ساعات",
]


@pytest.mark.parametrize("words", NO_DAYS)
def test_no_day_is_better_than_a_wrong_one(words: str) -> None:
    assert read(pages.with_levantine_date(words)).published is None


def test_the_days_of_other_articles_are_theirs() -> None:
    more = f'<ul><li><a href="/1">{OTHER}</a> <time datetime="2024-05-04"></time></li></ul>'
    assert read(pages.with_levantine_date("الواحة").replace("<footer>", more + "<footer>")).published is None


def test_a_day_in_the_address() -> None:
    text = pages.with_levantine_date("الواحة")
    assert read(text, url="https://a.example/2023/1/17/title").published == DAY
    assert read(text, url="https://a.example/2023/13/17/title").published is None


@pytest.mark.parametrize("claim", ["windows-1256", "iso-8859-1", "utf-8", "no-such-charset", ""])
def test_an_old_page_in_windows_1256(claim: str) -> None:
    old = page("", pages.without_head(), claim)
    article = read(old, "cp1256")
    assert FIRST in article.text
    assert THIRD in article.text


def test_a_page_without_head() -> None:
    article = read(pages.without_head(), "cp1256")
    assert (article.title, article.published, article.source) == (TITLE, None, None)
    assert article.text == "\n".join((TITLE, FIRST, SECOND, THIRD))


def test_live_blog() -> None:
    article = read(pages.live_blog())
    assert article.text.split("\n") == [f"مباشر: {TITLE}", "14:20", THIRD, "13:05", SECOND, "12:40", FIRST]
    assert article.published == "2023-01-17T12:40:00+02:00"


def test_lists_tables_and_inline_marks() -> None:
    start, _, rest = FIRST[40:].partition(" ")
    body = (
        f"<article><h1>{TITLE}</h1><p>{FIRST[:40]}<b>{start}</b>\n<i>{rest}</i></p><p>{SECOND}</p>"
        "<ul><li>بند أول من الاتفاق</li><li>بند ثان من الاتفاق</li></ul>"
        f"<table><tr><td>جسور</td><td>12</td></tr></table><p>{THIRD}</p></article>"
    )
    lines = read(page(f"<title>{TITLE}</title>", body)).text.split("\n")
    assert lines == [TITLE, FIRST, SECOND, "بند أول من الاتفاق", "بند ثان من الاتفاق", "جسور 12", THIRD]


WRONG = [
    (pages.front_page(), "list of links"),
    ("<html><body><script>document.write('نص')</script></body></html>", "no main text"),
    ("", "no page"),
]


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_what_is_no_article(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(text)


def test_an_address_without_a_path_is_not_believed() -> None:
    head = f'<title>{TITLE}</title><link rel="canonical" href="https://alwaha.example/">'
    article = read(page(head, f"<h1>{TITLE}</h1>{pages.BODY}"), url="https://alwaha.example/news/1")
    assert article.url == "https://alwaha.example/news/1"


@pytest.mark.parametrize("heading", ["div", "h2"])
def test_the_name_of_the_site_is_no_headline(heading: str) -> None:
    head = f"<title>{TITLE} | وكالة أنباء الواحة</title>"
    logo = '<h1><a href="https://alwaha.example/">وكالة أنباء الواحة</a></h1>'
    article = read(page(head, f"{logo}<article><{heading}>{TITLE}</{heading}>{pages.BODY}</article>"))
    assert article.title == TITLE
    assert article.text == "\n".join((TITLE, FIRST, SECOND, THIRD))


def test_the_id_is_that_of_the_address() -> None:
    first = read(pages.with_open_graph(), url="https://a.example/1?utm_medium=x#top")
    later = read(pages.live_blog(), url="https://a.example/1")
    assert first.id == later.id
    assert first.id != read(pages.with_open_graph(), url="https://a.example/2").id


def test_files(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(pages.with_open_graph(), "utf-8")
    (tmp_path / "b.HTM").write_bytes(pages.without_head().encode("cp1256"))
    (tmp_path / "c.php").write_text(pages.live_blog(), "utf-8")
    (tmp_path / "d").write_text(pages.live_blog(), "utf-8")
    (tmp_path / "e.html").write_text(pages.front_page(), "utf-8")
    (tmp_path / "style.css").write_text("p {}", "utf-8")
    found = list(open_source(str(tmp_path)))
    assert [isinstance(article, Article) for article in found] == [True] * 4 + [False]
    assert f"{tmp_path}/e.html is a list" in str(found[-1])
