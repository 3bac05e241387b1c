"""What the desk keeps in a store, in both databases: accounts, searches, watches, lists, figures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from masdar.errors import InputError
from masdar.store import Store, accounts
from masdar.store.accounts import Person, Role
from masdar.store.corrections import Judgement, judged, reviews_of
from masdar.store.corrections.counts import Share, disputed, figures, history, read_articles
from masdar.store.listing import newest, rows_of
from masdar.store.saved import forget_search, save_search, saved_searches
from masdar.store.watches import due, unwatch, watch
from tests.store.records import record


def say(store: Store, who: str, item: str, verdict: str, layer: str = "quotations") -> None:
    """Somebody judges an item of the article a1."""
    made = store.view().record("a1")
    assert made is not None
    with store.writer() as writer:
        for review in reviews_of(made, judged(made, store.view().reviews("a1")), Judgement(who, layer, item, verdict)):
            writer.review(review)


def test_accounts_and_sessions(store: Store) -> None:
    assert not accounts.has_users(store.view())
    with store.writer() as writer:
        accounts.put_user(writer, Person("ليلى", Role.REVIEWER), "hash", "test")
        secret = accounts.sign_in(writer, "ليلى")
    assert accounts.of_session(store.view(), secret) == Person("ليلى", Role.REVIEWER)
    assert accounts.of_session(store.view(), "guess") is None
    with store.writer() as writer:
        accounts.put_user(writer, Person("ليلى", Role.ADMIN), "other", "test")
    assert accounts.of_session(store.view(), secret) is None
    assert [(user.name, user.role) for user in accounts.all_users(store.view())] == [("ليلى", "admin")]


def test_tokens(store: Store) -> None:
    with store.writer() as writer:
        accounts.put_user(writer, Person("ليلى", Role.READER), "hash", "test")
        secret = accounts.new_token(writer, "ليلى", "script")
    assert accounts.of_token(store, secret) == Person("ليلى", Role.READER)
    (token,) = accounts.tokens_of(store.view(), "ليلى")
    assert token.last and secret not in token.key
    with store.writer() as writer:
        accounts.remove_user(writer, "ليلى", "test")
    assert accounts.of_token(store, secret) is None


def test_roles_are_ordered() -> None:
    assert Role.ADMIN.may(Role.REVIEWER) and Role.REVIEWER.may(Role.REVIEWER) and not Role.READER.may(Role.REVIEWER)


@pytest.mark.parametrize("name", ["", " a", "x" * 61, "a\nb", "a\0"])
def test_what_cannot_be_a_name(store: Store, name: str) -> None:
    with pytest.raises(InputError, match="cannot be a name"), store.writer() as writer:
        accounts.put_user(writer, Person(name, Role.READER), "hash", "test")


def test_secrets_of_a_store_stay(store: Store) -> None:
    assert accounts.key(store, "csrf") == accounts.key(store, "csrf") != accounts.key(store, "other")


def test_searches_are_of_one_person(store: Store) -> None:
    with store.writer() as writer:
        number = save_search(writer, "ليلى", "غارات", "q=type:ASSAULT")
        forget_search(writer, "سليم", number)
    assert [one.name for one in saved_searches(store.view(), "ليلى")] == ["غارات"]
    with store.writer() as writer:
        forget_search(writer, "ليلى", number)
    assert saved_searches(store.view(), "ليلى") == []


def test_watches_are_due_again_after_their_time(store: Store) -> None:
    moment = datetime.now(UTC)
    with store.writer() as writer:
        watch(writer, "https://example.org/feed", "ليلى", 60)
    assert len(due(store.view(), moment)) == 1
    with store.writer() as writer:
        writer.visited("https://example.org/feed")
    assert due(store.view(), moment) == []
    assert len(due(store.view(), moment + timedelta(hours=2))) == 1
    with store.writer() as writer:
        unwatch(writer, "https://example.org/feed")
    assert due(store.view(), moment + timedelta(hours=2)) == []


def test_articles_are_listed_by_day_those_without_one_last(store: Store) -> None:
    days = {"a": "2024-03-01", "b": None, "c": "2024-03-02", "d": "2024-03-01", "e": None}
    with store.writer() as writer:
        for id, day in days.items():
            writer.save(record(id, published=day))
    assert [row.id for row in newest(store.view(), 9)] == ["c", "d", "a", "e", "b"]
    seen, after = [], None
    while page := newest(store.view(), 2, after):
        seen += [row.id for row in page]
        after = (page[-1].day or "", page[-1].number)
    assert seen == ["c", "d", "a", "e", "b"]
    assert rows_of(store.view(), ["articles", "events"]) == {"articles": 5, "events": 10}


def test_figures_and_disagreements(store: Store) -> None:
    with store.writer() as writer:
        writer.save(record("a1"))
    say(store, "ليلى", "Q1", "accept")
    say(store, "سليم", "Q1", "reject")
    say(store, "ليلى", "V1", "accept", "events")
    say(store, "ليلى", "article", "accept", "article")
    assert [(id, item.id) for id, item in disputed(store.view())] == [("a1", "Q1")]
    counted = figures(store.view())
    assert (counted["quotations"].disputed, counted["events"].right, counted["events"].found) == (1, 1, 1)
    assert read_articles(store.view()) == ["a1"]
    assert [row.verdict for row in history(store.view(), 2, "a1")] == ["accept", "accept"]


def test_limits_of_a_share() -> None:
    low, high = Share(9, 10).limits
    assert 0.59 < low < 0.61 and 0.98 < high < 0.99
    assert Share().value is None and Share().limits == (0.0, 1.0)
