"""The headline of a page, and the day that stands beside it for people to see.

The lines between the headline and the first long paragraph are read by masdar's own date step, then those before it in
its own header. Footers, menus and lists of other articles are not looked at: their dates are others'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from masdar.sources.blocks import lines_until
from masdar.sources.dates import find_day, to_published
from masdar.text.fold import fold_word

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONG_PARAGRAPH = 25  # words: the article has begun
HEADER_LINES = 12  # after the headline; before it those of its own header only
LONGEST_DATE_LINE = 16  # words: آخر تحديث: الثلاثاء، 17 يناير/كانون الثاني 2023 الساعة 10:20 (توقيت مكة المكرمة)
OTHER_WORDS = 9  # in such a line beside the day: a writer, a place, a clock time
OTHER_WORDS_UNMARKED = 2  # where nothing marks the line; ذكرى حرب 6 تشرين الأول 1973 is a headline, with more
WORD = re.compile(r"\w+")
DATE_MARKS = re.compile(
    r"""\d:\d\d          # a clock time
    | \d[/.-]\d          # a date in numbers
    | نشر | تحديث | تاريخ  # published, update, date
    | (?<!\w)ال(?:سبت|احد|اثنين|ثلاثاء|اربعاء|خميس|جمعه)(?!\w)
    """,
    re.VERBOSE,
)
# folded words that say nothing but when: published, at, last update, o'clock, local time ...
# fmt: off
LABELS = frozenset((
    "في", "نشر", "النشر", "نشرت", "تاريخ", "بتاريخ", "اخر", "تحديث", "الساعه", "الموافق", "ص", "م", "ه", "صباحا",
    "مساء", "توقيت", "التوقيت", "بتوقيت", "المحلي", "غرينتش", "غرينيتش", "مكه", "المكرمه", "am", "pm", "gmt", "utc",
))
# fmt: on
FRONT = re.compile(r"/|(?:https?:)?//[^/]+/?")
UPDATED = re.compile(r"تحديث|تعديل|updated|modified", re.IGNORECASE)


def find_headline(tree: HtmlElement, title: str | None) -> HtmlElement | None:
    """The element that shows the headline: the heading with most words of the title, else the only h1."""
    headings = [element for element in tree.iter("h1", "h2", "h3") if shown(element) and not is_logo(element)]
    wanted = fold_word(" ".join((title or "").split()))
    told = [element for element in headings if shown(element) in wanted and len(shown(element).split()) > 1]
    if told:
        return max(told, key=lambda element: len(shown(element)))
    firsts = [element for element in headings if element.tag == "h1"]
    return firsts[0] if len(firsts) == 1 else None


def shown(element: HtmlElement) -> str:
    """The folded words of a heading."""
    return fold_word(" ".join(element.text_content().split()))


def is_logo(element: HtmlElement) -> bool:
    """Whether a heading is the name of the site, which leads to its front page."""
    links = (*element.iter("a"), *element.iterancestors("a"))
    return any(FRONT.fullmatch((link.get("href") or "").strip()) for link in links)


def shown_beside(headline: HtmlElement) -> str | None:
    """The day shown with the headline; one of an update only if there is no other."""
    lines = [line for line in lines_beside(headline) if is_date_line(line)]
    lines.sort(key=lambda line: bool(UPDATED.search(fold_word(line))))
    return next(filter(None, (to_published(line) for line in lines)), None)


def lines_beside(headline: HtmlElement) -> Iterator[str]:
    """The lines after a headline until the article begins, then those before it in its own header."""
    before, after = split_lines(headline)
    for count, line in enumerate(after):
        if count >= HEADER_LINES or len(line.split()) >= LONG_PARAGRAPH:
            break
        yield line
    yield from reversed(before)


def split_lines(headline: HtmlElement) -> tuple[list[str], list[str]]:
    """The lines of the page after the headline, and those before it in its parent."""
    root = headline.getroottree().getroot()
    parent = headline.getparent()
    inner = lines_until(parent, headline)[0] if parent is not None and parent.tag != "body" else []
    return inner, lines_until(root, headline)[1]


def is_date_line(line: str) -> bool:
    """Whether a line beside a headline is there to say when: a full day, and few words that do not belong to it."""
    others = words_beside_day(line)
    if others is None:
        return False
    most = OTHER_WORDS if DATE_MARKS.search(fold_word(line)) else OTHER_WORDS_UNMARKED
    return len(others) <= most


def only_says_when(line: str) -> bool:
    """Whether a line holds a day and nothing else: نشر في 17 يناير 2023 الساعة 10:30 (published on ... at ...)."""
    others = words_beside_day(line)
    return others is not None and all(word.isdigit() or word in LABELS for word in others)


def words_beside_day(line: str) -> list[str] | None:
    """The folded words of a short line that are not of its day; None if there is no full day."""
    if len(line.split()) > LONGEST_DATE_LINE or not any(letter.isdigit() for letter in line):
        return None
    found = find_day(line)
    if found is None:
        return [] if to_published(line) else None
    start, end = found[1]
    return WORD.findall(fold_word(f"{line[:start]} {line[end:]}"))
