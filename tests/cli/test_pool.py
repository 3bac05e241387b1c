"""Several processes: order kept, a dead worker reported and replaced."""

from __future__ import annotations

import os
import signal

import pytest

from masdar.cli.pool import SPAWN, Pool, Work, said_of, serve
from masdar.errors import InputError
from masdar.types import Article, MadeBy, Record

WORDS = "وصل الوفد إلى بيروت أمس"


def id_of(record: Record) -> str:
    """The id of the article; the process dies at the one called "death"."""
    if record.article.id == "death":
        os.kill(os.getpid(), signal.SIGKILL)
    return record.article.id


def test_order_is_kept_and_the_dead_are_reported() -> None:
    articles = [Article(str(number), WORDS * (1 + 5 * (number == 0))) for number in range(8)]
    given: list[Article | InputError] = [
        *articles[:3],
        InputError("a bad line"),
        Article("death", WORDS),
        *articles[3:],
    ]
    answers = list(Pool(Work(id_of), 2).answers(given))
    shown = [answer if isinstance(answer, str) else str(answer)[:18] for answer in answers]
    assert shown == ["0", "1", "2", "a bad line", "article death was ", "3", "4", "5", "6", "7"]
    assert "SIGKILL" in str(answers[4])


def test_no_more_is_read_ahead_than_there_is_room_for() -> None:
    pool = Pool(Work(id_of), 2)
    pool.given = 32
    assert not pool.has_room()


@pytest.mark.parametrize(("exitcode", "said"), [(-9, "signal SIGKILL"), (1, "code 1")])
def test_how_a_process_ended(exitcode: int, said: str) -> None:
    assert said_of(exitcode) == said


class FakeReader:
    """Reads everything as a record without anything in it."""

    def read(self, article: Article) -> Record:
        """The empty record."""
        return Record(article, (), (), (), (), (), (), (), MadeBy("", "", ""))


def test_a_worker_ends_quietly_when_its_parent_was_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("masdar.reader.Reader.load", lambda **_: FakeReader())
    near, far = SPAWN.Pipe()
    near.send(Article("a1", WORDS))
    near.close()
    before = signal.getsignal(signal.SIGINT)
    try:
        serve(far, Work(id_of))
    finally:
        signal.signal(signal.SIGINT, before)
    far.close()


def test_what_is_no_article_passes_in_its_place() -> None:
    assert list(Pool(Work(id_of), 2).answers([7, None, 8])) == [7, None, 8]
