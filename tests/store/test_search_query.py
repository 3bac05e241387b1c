"""What is typed is understood, or it is said where it is not; newer things have lower ranks."""

from __future__ import annotations

import pytest

from masdar.errors import QueryError
from masdar.store.search import Box, Query, parse
from masdar.store.search.query import Condition, Limit
from masdar.store.search.rank import bounds, rank_of

TYPED = [
    ("قصف دوما", "word:قصف & word:دوما"),
    ('"الغوطة الشرقية"', "phrase:الغوطة الشرقية"),
    ("“الغوطة الشرقية” «قال»", "phrase:الغوطة الشرقية & phrase:قال"),
    ("وزير/رئيس", "phrase:وزير/رئيس"),
    ("مدرس*", "prefix:مدرس"),
    ("-روسيا", "!word:روسيا"),
    ('-"مجلس الأمن" -مدرس*', "!phrase:مجلس الأمن & !prefix:مدرس"),
    ("قصف OR غارة دوما", "word:قصف|word:غارة & word:دوما"),
    ("قصف | غارة | هجوم", "word:قصف|word:غارة|word:هجوم"),
    ('speaker:"سيرغي لافروف"', "speaker:سيرغي لافروف"),
    ("SPEAKER:لافروف -source:bbc", "speaker:لافروف & !source:bbc"),
    ("speaker=Q58217", "speaker=Q58217"),
    ("type:assault,ACCUSE -type:CONSULT", "type:ASSAULT|type:ACCUSE & !type:CONSULT"),
    ("stance:Deny kind:direct claimed:YES status:future", "stance:deny & kind:direct & claimed:yes & status:future"),
    ("mode:visit context:diplomatic", "mode:visit & context:diplomatic"),
    ("country:syr>irn,SYR-TUR", "country:SYR>IRN|country:SYR-TUR"),
    ("country:Syria>iran,سوريا", "country:SYR>IRN|country:SYR"),
    ('country:"Guinea-Bissau" country:Israel-Syria', "country:GNB & country:ISR-SYR"),
    ("country:>SYR country:ISR>", "country:>SYR & country:ISR>"),
    ("country:uno,XKX", "country:UNO|country:XKX"),
    ("https://example.org/a", "word:https://example.org/a"),
    ("10:30", "word:10:30"),
    ("قصف ؟ *", "word:قصف"),
    ("   ", ""),
]


def written(query: Query) -> str:
    """The conditions of a query on one line."""
    groups = ["|".join(map(one, group)) for group in query.every]
    return " & ".join([*groups, *(f"!{one(condition)}" for condition in query.none)])


def one(condition: Condition) -> str:
    return f"{condition.field}{'=' if condition.is_whole else ':'}{condition.value}"


@pytest.mark.parametrize(("typed", "meant"), TYPED)
def test_what_is_typed(typed: str, meant: str) -> None:
    assert written(parse(typed)) == meant


def test_dates_and_numbers() -> None:
    query = parse("from:2018-04-01 to:2018-05 conf:>0.5 conf:<=.9 box:32,35,38.5,-43")
    assert (query.since, query.until) == ("2018-04-01", "2018-05")
    assert query.limits == (Limit(">", 0.5), Limit("<=", 0.9))
    assert query.box == Box(32, 35, 38.5, -43)
    assert parse("on:2018").since == parse("on:2018").until == "2018"


WRONG = [
    ("speker:لافروف", "There is no field 'speker' (letter 1). Fields are speaker,"),
    ("قصف -foo:bar", "There is no field 'foo' (letter 6)"),
    ("قصف type:ASSULT", "'ASSULT' at letter 10: type is one of AGREE, CONSULT"),
    ('قصف "دوما', "quotation mark at letter 5 is not closed"),
    ("speaker:", "speaker: needs a value at letter 9"),
    ("stance:", "stance: needs a value at letter 8"),
    ("type:ASSAULT,NOPE", "'NOPE' at letter 14: type is one of AGREE"),
    ('stance:"foo"', "'foo' at letter 9: stance is one of assert, deny"),
    ("country:XXX", "'XXX' at letter 9: there is no country XXX. Codes are ISO"),
    ("country:SYR,SYR>QQQ", "'SYR>QQQ' at letter 13: there is no country QQQ"),
    ("*", "There is no word in '*'"),
    ("، ؟ - *", "There is no word in"),
    ("🙂", "There is no word in"),
    ("country:سهلستان", "country is written as SYR"),
    ("from:2018-13", "from is written as 2018-04-01"),
    ("from:أمس", "from is written as"),
    ("-from:2018", "cannot be excluded"),
    ("قصف OR from:2018", "cannot stand in an OR"),
    ("from:2018 OR قصف", "cannot stand in an OR"),
    ("conf:2", "conf is written as >0.5"),
    ("box:1,2,3", "box is written as"),
    ("box:40,0,30,10", "box is written as"),
    ("ا*", "at least 3 letters"),
    ("OR قصف", "OR at letter 1 needs something before it"),
    ("قصف OR OR دوما", "OR at letter 8 needs something before it"),
    ("قصف OR", "OR at letter 5 needs something behind it"),
]


@pytest.mark.parametrize(("typed", "said"), WRONG)
def test_what_cannot_be_understood(typed: str, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(typed)
    assert said in str(caught.value)


def test_from_code() -> None:
    assert Query.where(word="غارة", type="assault", since="2018", country="ISR>SYR") == Query(
        (
            (Condition("word", "غارة"),),
            (Condition("type", "ASSAULT"),),
            (Condition("country", "ISR>SYR"),),
        ),
        since="2018",
    )
    with pytest.raises(QueryError, match="There is no field 'colour'"):
        Query.where(colour="red")


KINDS = [
    ("قصف", "articles"),
    ("source:bbc on:2018", "articles"),
    ("country:SYR", "articles"),
    ("speaker:لافروف", "quotations"),
    ("conf:>0.5", "quotations"),
    ("-stance:deny", "articles"),
    ("country:SYR-IRN", "events"),
    ("speaker:لافروف type:ASSAULT", "events"),
]


@pytest.mark.parametrize(("typed", "kind"), KINDS)
def test_what_it_speaks_of(typed: str, kind: str) -> None:
    assert parse(typed).kind == kind


NEWEST_FIRST = [
    "2999-01-01",
    "2024-03-13T10:30:00+03:00",
    "2024-03-13T10:14:00Z",
    "2024-03-13",
    "2024-03-12T23:59:59",
    "2024-03",
    "2024-02-29",
    "2024",
    "1901-01-01",
    None,
]


def test_ranks() -> None:
    ranks = [rank_of(when, 7, 1) for when in NEWEST_FIRST]
    assert ranks == sorted(set(ranks))
    assert ranks[0] >= 0
    assert ranks[-1] < 1 << 63
    assert (
        rank_of("2024", 8) < rank_of("2024", 7) < rank_of("2024", 7, 1) < rank_of("2024", 7, 4095) < rank_of("2024", 6)
    )
    assert rank_of("not a date", 7) == rank_of("", 7) == rank_of(None, 7)


RANGES = [
    ("2024-03-13", "2024-03-13", "2024-03-13T10:30:00+03:00 2024-03-13T10:14:00Z 2024-03-13"),
    ("2024-03", "2024-03-12", "2024-03-12T23:59:59 2024-03"),
    ("2024-03-13T10:20", None, "2999-01-01 2024-03-13T10:30:00+03:00"),
    (None, "2023", "1901-01-01"),
    (None, None, " ".join(str(when) for when in NEWEST_FIRST)),
]


@pytest.mark.parametrize(("since", "until", "inside"), RANGES)
def test_ranges_of_dates(since: str | None, until: str | None, inside: str) -> None:
    first, end = bounds(since, until)
    found = [when for when in NEWEST_FIRST if first <= rank_of(when, 7, 9) < end]
    assert " ".join(map(str, found)) == inside
