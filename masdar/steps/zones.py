"""Say of every stretch of the published text what it is: title, byline, dateline, body, teaser ...

The text is read line by line. First the title lines, then every line is offered to LINE_RULES in
order, then whole runs of lines to RUN_RULES; what nobody claims is body. Last, CUTS cut datelines,
links and the remains of pasted tweets out of body lines. Precision first: what is not body is read
for no quotations and events.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

from masdar.errors import LexiconError
from masdar.text.fold import fold, fold_word
from masdar.text.lines import find_lines, is_headline
from masdar.types import Article, Span, Zone, ZoneKind

LEXICONS = Path(__file__).parent.parent / "lexicons" / "zones"
DASH = r"[-–—−]"
RULE_LINE = re.compile(r"[-_=*.~\s–—]+")
DATE_STUB = re.compile(r"اليوم \d{1,2}:\d{2}|\d{1,2} [^\W\d]{2,8}")
TWEET = re.compile(
    r"pic\.twitter\.com/\w+|https?://t\.co/\w+"
    r"|[—–-] ?[^\n(@.]{0,60}\(@\w+\) *(?:[A-Z][a-z]+ \d{1,2}, \d{4}|\d{1,2} [^\W\d]+،? \d{4})"
)
END_OF_STORY = re.compile(r"\.\.\. ?المزيد *$|// *انتهي *//.*$")
LONGEST_TEASER = 25  # words
LONGEST_NOTICE = 40  # words
HEADLINE_RUN = range(2, 9)  # lines; longer runs are lists


@dataclass(frozen=True, slots=True)
class ZoneWords:
    """The words that zones are told by, as patterns over folded text."""

    teaser: re.Pattern[str]
    inline_teaser: re.Pattern[str]
    boilerplate: re.Pattern[str]
    notice: re.Pattern[str]
    byline: re.Pattern[str]
    signature: re.Pattern[str]
    credit: re.Pattern[str]
    dateline: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Line:
    """A line as published (span) and folded, its place among the lines, and how many there are."""

    span: Span
    text: str
    folded: str
    index: int
    count: int


LineRule = Callable[[Line, ZoneWords], ZoneKind | None]
RunRule = Callable[[tuple[Line, ...], list[ZoneKind]], None]
Cut = tuple[int, int, ZoneKind]


def find_zones(article: Article, words: ZoneWords | None = None) -> tuple[Zone, ...]:
    """Zones in order, without overlap; only white space lies between them."""
    words = words or load_zone_words()
    folded = fold(article.text)
    spans = tuple(find_lines(article.text))
    lines = tuple(
        Line(span, article.text[span.start : span.end], folded.slice(span), index, len(spans))
        for index, span in enumerate(spans)
    )
    kinds = [ZoneKind.BODY] * len(lines)
    after_title = mark_title(article, lines, kinds)
    for line in lines[after_title:]:
        answers = (rule(line, words) for rule in LINE_RULES)
        kinds[line.index] = next((kind for kind in answers if kind), ZoneKind.BODY)
    for run_rule in RUN_RULES:
        run_rule(lines, kinds)
    pieces = [
        piece
        for line, kind in zip(lines, kinds, strict=True)
        for piece in cut_line(line, kind, words, is_first=line.index == after_title)
    ]
    return merged(pieces)


# Title


def mark_title(article: Article, lines: tuple[Line, ...], kinds: list[ZoneKind]) -> int:
    """Mark the title line and its repetitions; the index of the first line after them."""
    if not lines or not is_title(article, lines):
        return 0
    end = 1
    while end < len(lines) and same_words(lines[end].folded, lines[0].folded):
        end += 1
    kinds[:end] = [ZoneKind.TITLE] * end
    return end


def is_title(article: Article, lines: tuple[Line, ...]) -> bool:
    """Whether the first line is the title: it says so or, where no title is given, looks so."""
    if article.title:
        title, first = bare(fold_word(article.title)), bare(lines[0].folded)
        shared = set(title.split()) & set(first.split())
        return title == first or 2 * len(shared) > max(len(title.split()), len(first.split()))
    return len(lines) > 1 and is_headline(lines[0].text)


def bare(folded: str) -> str:
    """Words alone, for comparing: «بغداد».. -> بغداد."""
    return " ".join(re.findall(r"\w+", folded))


def same_words(first: str, second: str) -> bool:
    """Whether two lines differ in marks and spaces only."""
    return bare(first) == bare(second)


# One line at a time


def rule_line(line: Line, words: ZoneWords) -> ZoneKind | None:
    """<--------->"""
    is_rule = RULE_LINE.fullmatch(line.text) or (
        line.index and DATE_STUB.fullmatch(line.folded) and line.index > line.count // 2
    )
    return ZoneKind.BOILERPLATE if is_rule else None


def notice(line: Line, words: ZoneWords) -> ZoneKind | None:
    """<حمل تطبيق الأخبار>, <جميع الحقوق محفوظة>"""
    if len(line.folded.split()) > LONGEST_NOTICE:
        return None
    found = words.boilerplate.match(line.folded) or words.notice.search(line.folded)
    return ZoneKind.BOILERPLATE if found else None


def signature(line: Line, words: ZoneWords) -> ZoneKind | None:
    """<رويترز/ أ ف ب>: nothing but agencies, in the first or last lines."""
    is_at_edge = line.index <= 2 or line.index >= line.count - 3
    found = is_at_edge and words.signature.fullmatch(line.folded)
    return ZoneKind.BOILERPLATE if found else None


def teaser_cue(line: Line, words: ZoneWords) -> ZoneKind | None:
    """<اقرأ أيضاً: مسؤول يزور البصرة>"""
    if len(line.folded.split()) > LONGEST_TEASER:
        return None
    return ZoneKind.TEASER if words.teaser.match(line.folded) else None


def byline(line: Line, words: ZoneWords) -> ZoneKind | None:
    """<كتب: خالد سامي>, <بيروت - مراسلنا>, <لندن: «الشرق الأوسط»>"""
    is_at_edge = line.index <= 3 or line.index >= line.count - 2
    if not is_at_edge or len(line.folded.split()) > 9 or line.text.endswith("."):
        return None
    found = words.byline.fullmatch(line.folded) or words.credit.fullmatch(line.folded)
    return ZoneKind.BYLINE if found else None


LINE_RULES: tuple[LineRule, ...] = (rule_line, notice, signature, teaser_cue, byline)


# Runs of lines


def headlines_after_cue(lines: tuple[Line, ...], kinds: list[ZoneKind]) -> None:
    """<اقرأ أيضاً:> alone on its line makes teasers of the headlines that follow."""
    for line in lines[1:]:
        before = lines[line.index - 1]
        is_led = kinds[before.index] is ZoneKind.TEASER and len(before.text.split()) <= 3
        follows = is_led or (kinds[before.index] is ZoneKind.TEASER and leads(lines, kinds, before))
        if follows and kinds[line.index] is ZoneKind.BODY and is_headline(line.text):
            kinds[line.index] = ZoneKind.TEASER


def leads(lines: tuple[Line, ...], kinds: list[ZoneKind], line: Line) -> bool:
    """Whether a teaser line stands in a list under a bare cue line."""
    while line.index and kinds[line.index - 1] is ZoneKind.TEASER:
        line = lines[line.index - 1]
    return len(line.text.split()) <= 3


def headlines_between_paragraphs(lines: tuple[Line, ...], kinds: list[ZoneKind]) -> None:
    """Headlines of other articles: several in a row that share words with the title, or a rule
    of dashes after them. A single one is more often a subheading, and stays body."""
    title = content_words(lines[0].folded) if lines else set()
    is_candidate = [
        kind is ZoneKind.BODY and line.index > 1 and could_be_teaser(line)
        for line, kind in zip(lines, kinds, strict=True)
    ]
    for is_run, group in groupby(lines, key=lambda line: is_candidate[line.index]):
        run = tuple(group)
        if is_run and is_teaser_run(run, lines, kinds, title):
            for line in run:
                kinds[line.index] = ZoneKind.TEASER


def could_be_teaser(line: Line) -> bool:
    """A headline of four to sixteen words."""
    return 4 <= len(line.text.split()) <= 16 and is_headline(line.text)


def is_teaser_run(run: tuple[Line, ...], lines: tuple[Line, ...], kinds: list[ZoneKind], title: set[str]) -> bool:
    """Whether a run of headlines leads to other articles."""
    before, after = lines[run[0].index - 1], run[-1].index + 1
    if before.text.endswith(":") or after >= len(lines) or kinds[before.index] is ZoneKind.TITLE:
        return False
    if RULE_LINE.fullmatch(lines[after].text) and len(run) < HEADLINE_RUN.stop:
        return True
    sharing = sum(bool(title & content_words(line.folded)) for line in run)
    is_long = any(len(line.text.split()) >= 6 for line in run)
    ends = re.search(r"[.؟!][\"”»)]*$", lines[after].text)
    return len(run) in HEADLINE_RUN and 2 * sharing > len(run) and is_long and bool(ends)


def content_words(folded: str) -> set[str]:
    """Longer words without article and conjunction."""
    return {re.sub(r"^(?:و?ال|لل|و)", "", word) for word in re.findall(r"\w{4,}", folded)}


def repeated_lines(lines: tuple[Line, ...], kinds: list[ZoneKind]) -> None:
    """A standfirst or title that comes again further down."""
    seen: set[str] = set()
    for line in lines:
        words = bare(line.folded)
        if words in seen and kinds[line.index] is ZoneKind.BODY:
            kinds[line.index] = ZoneKind.TEASER
        if len(words.split()) >= 5:
            seen.add(words)


RUN_RULES: tuple[RunRule, ...] = (
    headlines_after_cue,
    headlines_between_paragraphs,
    repeated_lines,
)


# Parts of lines


def cut_line(line: Line, kind: ZoneKind, words: ZoneWords, *, is_first: bool) -> Iterator[Zone]:
    """The pieces of one line: only body lines are cut."""
    if kind is not ZoneKind.BODY:
        yield Zone(kind, line.span)
        return
    start = 0
    for cut_start, cut_end, cut_kind in sorted(find_cuts(line, words, is_first=is_first)):
        if cut_start < start:
            continue
        yield from piece(line, start, cut_start, kind)
        yield from piece(line, cut_start, cut_end, cut_kind)
        start = cut_end
    yield from piece(line, start, len(line.text), kind)


def find_cuts(line: Line, words: ZoneWords, *, is_first: bool) -> Iterator[Cut]:
    """Where a body line has to be cut: <بيروت (رويترز) -> قال ... <pic.twitter.com/abc>"""
    for tweet in TWEET.finditer(line.text):
        yield (*tweet.span(), ZoneKind.BOILERPLATE)
    dateline = words.dateline.match(line.folded) if is_first else None
    if dateline and dateline.end():
        yield (*fold(line.text).span(*dateline.span()), ZoneKind.DATELINE)
    if found := END_OF_STORY.search(line.folded):
        yield (*fold(line.text).span(*found.span()), ZoneKind.BOILERPLATE)
    if found := words.inline_teaser.search(line.folded):
        cut = fold(line.text).span(found.start("teaser"), found.end())
        yield (*cut, ZoneKind.TEASER)


def piece(line: Line, start: int, end: int, kind: ZoneKind) -> Iterator[Zone]:
    """A part of a line as a zone, if anything is in it."""
    words = line.text[start:end]
    start += len(words) - len(words.lstrip())
    if words.strip():
        first = line.span.start + start
        yield Zone(kind, Span(first, first + len(words.strip())))


def merged(pieces: list[Zone]) -> tuple[Zone, ...]:
    """Neighbours of one kind as one zone; every teaser stays by itself."""
    zones: list[Zone] = []
    for zone in pieces:
        if zones and zones[-1].kind is zone.kind is not ZoneKind.TEASER:
            zones[-1] = Zone(zone.kind, Span(zones[-1].span.start, zone.span.end))
        else:
            zones.append(zone)
    return tuple(zones)


# Words


@cache
def load_zone_words() -> ZoneWords:
    """The zone lexicons as patterns; loaded once."""
    cues, notices, names = entries("teasers"), entries("boilerplate"), entries("bylines")
    agency = one_of(entry["lemma"] for entry in entries("agencies"))
    city = one_of(entry["lemma"] for entry in entries("cities"))
    firm = one_of(cue["lemma"] for cue in cues if not cue.get("needs_mark"))
    marked = one_of(cue["lemma"] for cue in cues if cue.get("needs_mark"))
    where = {
        place: one_of(entry["lemma"] for entry in notices if entry["where"] == place)
        for place in ("whole", "start", "contains")
    }
    writer = one_of(name["lemma"] for name in names if not name.keys() & {"needs_mark", "is_name"})
    colon = one_of(name["lemma"] for name in names if name.get("needs_mark"))
    reporter = one_of(name["lemma"] for name in names if name.get("is_name"))
    bullet, sign = r"[\W_]*?", r"[:،,./|\-–—…]"
    quoted = rf"[«\"“(/]? ?{agency} ?[»\"”)/]?"
    place = r"[^\W\d]+(?:(?:، ?| )[^\W\d]+){0,5}"
    return ZoneWords(
        teaser=re.compile(rf"{bullet}(?:{firm}(?!\w)|{marked} ?(?:{sign}|$))"),
        inline_teaser=re.compile(rf"[.!؟»\"”] *(?P<teaser>{firm} ?:.*$)"),
        boilerplate=re.compile(rf"{bullet}(?:{where['start']}(?!\w)|{where['whole']}\W*$)"),
        notice=re.compile(rf"(?<!\w){where['contains']}(?!\w)"),
        byline=re.compile(
            rf"\W*(?:{writer} ?:? ?|{colon} ?[:/] ?)(?:\w+[\W_]{{1,3}}){{1,8}}?\w*\W*"
            rf"|\W*{city} ?(?:{DASH}|[:/،]) ?(?:{reporter}(?!\w).*|(?:\w+ ){{1,2}}\w+)"
        ),
        signature=re.compile(rf"\W*(?:{agency})(?: ?[/،,+|–-]+ ?(?:{agency})| و ?{agency})*\W*"),
        credit=re.compile(rf"\W*{place} ?: ?{quoted}\W*|\W*(?!{city} ){place} {DASH} ?{quoted}\W*"),
        dateline=dateline_pattern(place, city, agency, quoted),
    )


def dateline_pattern(place: str, city: str, agency: str, quoted: str) -> re.Pattern[str]:
    """Place, sign and agency, with or without a date; or a known city and a dash."""
    month = one_of(entry["lemma"] for entry in entries("months"))
    date = rf"\d{{1,2}}(?:[ /،,-]+(?:\d{{1,4}}|{month}|هـ?|م|الموافق|في|من)(?!\w))+"
    stop = r" ?(?:[-–—−:ـ]+ ?[-–—−]*|$)"
    kinds = (
        rf"(?:{place} ?)?\( ?{agency} ?\) ?[-–—−:ـ]+ ?[-–—−]*",  # دبي، الإمارات (CNN)--
        rf"{place} ?[-–—−/:،] ?{quoted} ?(?:[:.]|[-–—−]{{1,2}}|$)",  # دمشق - سانا:
        rf"{place} ?[-–—−،]? ?(?:في )?\(?{date}\)?[ /،-]*{quoted}{stop}",  # جدة 3 شوال 1436 هـ واس
        rf"{city}(?:، {place})? ?[-–—−]+(?= )",  # بيروت -
    )
    return re.compile(r"[*\W_]*(?:" + "|".join(kinds) + ")")


def entries(name: str) -> list[dict[str, Any]]:
    """The entries of one zone lexicon."""
    path = LEXICONS / f"{name}.yml"
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        return list(loaded["entries"])
    except (yaml.YAMLError, KeyError, TypeError) as error:
        message = f"{path} is malformed: {error}. It needs a list under 'entries'."
        raise LexiconError(message) from error


def one_of(lemmas: Iterator[str]) -> str:
    """A pattern for any of the words, folded, the longest first."""
    folded = sorted({fold_word(lemma) for lemma in lemmas}, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word) for word in folded) + ")"
