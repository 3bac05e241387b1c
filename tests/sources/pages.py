"""Pages written for the project, in the manner of different Arabic outlets. All that they tell is invented."""

from __future__ import annotations

import json

TITLE = "وزير النقل يفتتح جسر الواحة ويعد بطريق ثان"
FIRST = (
    "افتتح وزير النقل سالم الحدادي جسر الواحة الذي يربط ضفتي النهر بعد أعمال دامت ثلاث سنوات، وقال في كلمة أمام الحضور "
    "إن الجسر سيخفف الازدحام عن وسط المدينة ويقصر الطريق إلى الميناء."
)
SECOND = (
    "وأضاف الحدادي أن الوزارة ستبدأ خلال الأشهر المقبلة العمل على طريق ثان يصل المدينة بالمحافظات الشرقية، مشيراً إلى "
    "أن التمويل متوفر وأن الدراسات انتهت، ودعا الشركات المحلية إلى تقديم عروضها."
)
THIRD = (
    "من جهتها رحبت رئيسة البلدية هناء الكيلاني بالمشروع، لكنها طالبت بتعويض أصحاب المحال التي أغلقت خلال الأعمال، "
    "وقالت إن البلدية قدمت قائمة بأسمائهم إلى الوزارة ولم تتلق رداً حتى الآن."
)
RELATED = "اقرأ أيضاً"
OTHER = "بلدية الواحة تغلق السوق القديم للترميم"
BODY = f"<p>{FIRST}</p>\n<p>{SECOND}</p>\n<p>{THIRD}</p>"
MENU = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("الرئيسية", "سياسة", "اقتصاد", "رياضة", "ثقافة"))
FOOTER = "<footer><p>© 2024 صحيفة الواحة. جميع الحقوق محفوظة</p></footer>"


def page(head: str, body: str, charset: str = "utf-8") -> str:
    """A page with a menu and a footer; `charset` is what its head claims, "" for nothing."""
    meta = f'<meta charset="{charset}">' if charset else ""
    return (
        f'<!DOCTYPE html>\n<html lang="ar" dir="rtl"><head>{meta}{head}</head>\n<body>'
        f'<header><a class="logo" href="/">صحيفة الواحة</a></header><nav><ul>{MENU}</ul></nav>\n{body}\n{FOOTER}'
        "</body></html>"
    )


def with_open_graph() -> str:
    """A newspaper that says everything to machines, with its name in the title and links between paragraphs."""
    head = (
        f"<title>{TITLE} | صحيفة الواحة</title>"
        f'<meta property="og:title" content="{TITLE} | صحيفة الواحة">'
        '<meta property="og:site_name" content="صحيفة الواحة">'
        '<meta property="article:published_time" content="2023-01-17T10:30:00+03:00">'
        '<meta property="article:modified_time" content="2023-02-01T08:00:00+03:00">'
        '<link rel="canonical" href="https://alwaha.example/news/5501">'
    )
    related = f'<p>{RELATED}: <a href="/news/5400">{OTHER}</a></p>'
    return page(head, f"<article><h1>{TITLE}</h1><p>{FIRST}</p>{related}<p>{SECOND}</p><p>{THIRD}</p></article>")


def with_linked_data() -> str:
    """A channel that tells the day in JSON-LD, beside that of its other articles, and today's date at its top."""
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "قناة النهر", "datePublished": "2001-01-01"},
            {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2023-01-17T22:15:00Z",
             "dateModified": "2023-01-19T01:00:00Z", "publisher": {"@type": "Organization", "name": "قناة النهر"}},
        ],
    }  # fmt: skip
    head = f'<title>{TITLE}</title><script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'
    return page(
        head,
        f'<div class="today">الأحد 5 أيار 2024</div><div class="story"><h1>{TITLE}</h1>'
        f'<div class="text">{BODY}</div></div>'
        f'<div class="more"><h3>{RELATED}</h3><ul><li>'
        f'<a href="/1">{OTHER}</a> <time datetime="2024-05-04">أمس</time></li></ul></div>',
    )


def with_levantine_date(day: str = "الثلاثاء 17 كانون الثاني 2023") -> str:
    """An old site without a word to machines: its date in Levantine words, a copyright year in the footer."""
    return page(
        f"<title>{TITLE}</title>",
        f'<div class="content"><h1>{TITLE}</h1><div class="info"><span>{day}</span></div><div>الواحة - مراسلنا</div>'
        f"<div>{BODY}</div></div>",
    )


def without_head() -> str:
    """A page of the nineties: tables, no head, no charset."""
    return (
        f'<html dir="rtl"><body bgcolor="#ffffff"><table width="100%"><tr><td>'
        f'<font size="5"><b>{TITLE}</b></font></td></tr>'
        f"<tr><td>{FIRST}<br><br>{SECOND}<br><br>{THIRD}</td></tr></table></body></html>"
    )


def live_blog() -> str:
    """Updates under one headline, the last one first, each with its hour."""
    updates = "".join(
        f"<section><h3>{hour}</h3><p>{words}</p></section>"
        for hour, words in (("14:20", THIRD), ("13:05", SECOND), ("12:40", FIRST))
    )
    head = (
        f'<title>مباشر: {TITLE}</title><meta property="og:title" content="مباشر: {TITLE}">'
        '<meta itemprop="datePublished" content="2023-01-17T12:40:00+02:00">'
    )
    return page(head, f"<main><h1>مباشر: {TITLE}</h1>{updates}</main>")


def front_page() -> str:
    """Headlines only."""
    links = "".join(f'<li><a href="/news/{number}">خبر رقم {number}</a></li>' for number in range(3))
    return page("<title>صحيفة الواحة</title>", f"<ul>{links}</ul>")
