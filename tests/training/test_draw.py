"""Which articles are drawn for reading."""

from typing import Any

from training.draw import Wanted, drawn

SAID = "قال الوزير إن الحكومة قررت أمس رفع الحصار عن المدينة كلها"  # the minister said the siege would be lifted
QUIET = "ترتفع الحرارة غدا وتهب رياح شمالية خفيفة على الساحل والجبال"  # it will be warm and windy


def article(text: str, id: str = "a") -> dict[str, Any]:
    return {"id": id, "file": "ant2018", "text": text}


def test_words_of_saying_and_of_acts_may_be_asked_for() -> None:
    wanted = Wanted(words=(5, 50), sayings=1, acts=2)
    assert wanted.holds(article(SAID))
    assert not wanted.holds(article(QUIET))
    assert not Wanted(words=(5, 50), sayings=2).holds(article(SAID))


def test_articles_about_one_thing_may_be_asked_for() -> None:
    assert Wanted(words=(5, 50), about="الحصار|الهدنة").holds(article(SAID))
    assert not Wanted(words=(5, 50), about="الحصار|الهدنة").holds(article(QUIET))


def test_articles_too_short_or_too_long_are_left_out() -> None:
    assert not Wanted(words=(20, 50)).holds(article(SAID))
    assert not Wanted(words=(1, 5)).holds(article(SAID))


def test_held_out_articles_may_be_left_out() -> None:
    held = article(SAID, id="ا" * 12)  # the bytes of a letter twelve times: a multiple of twelve
    assert Wanted(words=(5, 50)).holds(held)
    assert not Wanted(words=(5, 50), trained=True).holds(held)


def test_what_was_read_before_is_not_drawn_again() -> None:
    pool = [article(SAID), article(f"{SAID} نهائيا", "b"), article(QUIET, "c")]
    found = drawn(pool, 3, Wanted(words=(5, 50)), known=set())
    assert [one["id"] for one in found] == ["a", "c"]


def test_no_more_are_drawn_than_asked_for() -> None:
    pool = [article(SAID), article(QUIET, "c")]
    assert len(list(drawn(pool, 1, Wanted(words=(5, 50)), known=set()))) == 1
