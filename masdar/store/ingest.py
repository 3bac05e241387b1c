"""Read articles into a store: what is there already is passed over, what cannot be read is noted, the rest is saved.

Everything flows in one line: what the sources give, in order, goes through the readers and comes out in the same order,
whichever reader is faster. Articles that the store has, and notes on how far a source has come, travel along unread. A
transaction saves a stretch of that line, so that after a crash the store holds an unbroken beginning of it, and the
next run passes over that.
"""

from __future__ import annotations

import hashlib
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import astuple, dataclass, field
from typing import Any, TypeVar

from sqlalchemy import select

from masdar.errors import InputError, MasdarError, StoreError
from masdar.store import Store
from masdar.store.packed import Packed
from masdar.store.rows import storable
from masdar.store.tables import articles, runs
from masdar.store.view import View, unpacked
from masdar.store.write import Saving, Writer, now
from masdar.types import Article, MadeBy

AT_ONCE = 32  # articles in a transaction; more are not faster, and would be lost together
MANY = 1000  # of all items, most of them known already
SECONDS = 5.0  # after which they are saved, though they are fewer
WAITS = (1, 2, 4, 8, 15, 30)  # seconds between tries when the database is gone or full: a minute, then it is said
WEB = "://"

Result = TypeVar("Result")
Found = Iterable[Article | InputError]


@dataclass(frozen=True, slots=True)
class Known:
    """An article that the store has, read by the same program from the same text."""

    article: Article


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a source has come, to be kept with the articles before it."""

    name: str
    state: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Finished:
    """The end of a source, since when it was read, and the last thing it could not give."""

    name: str
    since: str
    error: InputError | None = None


Item = Article | InputError | Known | Reached | Finished
Answer = Packed | InputError | Known | Reached | Finished
Reading = Callable[[Iterator[Item]], Generator[Answer, None, None]]


@dataclass(slots=True)
class Memory:
    """What sources remember, read from the store at once and written when what they gave is saved."""

    view: View
    reached: list[Reached] = field(default_factory=list)

    def get(self, name: str) -> dict[str, Any]:
        """The state of a source."""
        newest = next((memo.state for memo in reversed(self.reached) if memo.name == name), None)
        return self.view.state(name) if newest is None else newest

    def put(self, name: str, state: dict[str, Any]) -> None:
        """Note the state of a source; it is kept once the articles before it are."""
        self.reached.append(Reached(name, dict(state)))

    def taken(self) -> Iterator[Reached]:
        """The notes since the last time, each once."""
        while self.reached:
            yield self.reached.pop(0)


@dataclass(slots=True)
class Tally:
    """How many articles were read, were there already, could not be read."""

    read: int = 0
    known: int = 0
    failed: int = 0


@dataclass(slots=True)
class Given:
    """Something handed to the readers, and the source it is of."""

    item: Item
    source: str | None


@dataclass(slots=True)
class Ingest:
    """One run. `read` gives an answer for each item, in order.

    `report` is told what could not be read, and what is wrong with the database while it is tried again.
    """

    store: Store
    made_by: MadeBy
    read: Reading
    report: Callable[[MasdarError], None] = lambda error: None
    waits: tuple[float, ...] = WAITS
    at_once: int = AT_ONCE
    tally: Tally = field(default_factory=Tally)
    given: deque[Given] = field(default_factory=deque)
    done: list[tuple[Given, Answer]] = field(default_factory=list)
    waiting: dict[str, Article] = field(default_factory=dict)  # given and not saved yet, by id
    broken: set[str] = field(default_factory=set)  # sources of which an article could not be read
    saved_at: float = field(default_factory=time.monotonic)

    def articles(self, sources: Iterable[tuple[str, Found]], memory: Memory) -> Iterator[Answer]:
        """Read every article of some named sources; yields each answer, so that progress can be shown.

        Raises:
            StoreError: the database stayed away; what was saved until then stays, the same command goes on from there.
        """
        return self.run(given for name, found in sources for given in self.line(name, found, memory))

    def again(self) -> Iterator[Answer]:
        """Read anew, from the text in the store, every article that another program, model or gazetteer read."""
        return self.run(Given(article, None) for article in out_of_date(self.store.view(), self.made_by))

    def run(self, line: Iterator[Given]) -> Iterator[Answer]:
        """Hand the line to the readers and save what comes."""
        with closing(self.read(self.handed(line))) as answers:
            try:
                for answer in answers:
                    self.take(answer)
                    yield answer
            except StoreError:
                raise
            except (KeyboardInterrupt, MasdarError):
                self.save()
                raise
        self.save()

    def line(self, name: str, found: Found, memory: Memory) -> Iterator[Given]:
        """What a source gives, and its end."""
        since, error = now(), None
        for article in found:
            yield from (Given(reached, name) for reached in memory.taken())
            if isinstance(article, InputError):
                error = article
                yield Given(article, name)
            else:
                yield Given(Known(article) if self.is_known(article) else article, name)
        yield from (Given(reached, name) for reached in memory.taken())
        yield Given(Finished(name, since, error), name)

    def handed(self, line: Iterator[Given]) -> Iterator[Item]:
        """The items of the line, noted until their answers come."""
        for given in line:
            self.given.append(given)
            if isinstance(given.item, Article):
                self.waiting[given.item.id] = given.item
            yield given.item

    def is_known(self, article: Article) -> bool:
        """Whether the store has, or soon will have, the record of exactly this article."""
        before = self.waiting.get(article.id)
        if before is not None:
            return before == article
        return self.patiently(lambda: is_stored(self.store.view(), article, self.made_by))

    def take(self, answer: Answer) -> None:
        """Count an answer; save when there are enough of them or they have waited long."""
        given = self.given.popleft()
        self.done.append((given, answer))
        if isinstance(answer, InputError):
            self.report(answer)
            if given.source and isinstance(given.item, Article):
                self.broken.add(given.source)
        has_waited = time.monotonic() - self.saved_at > SECONDS or len(self.done) >= MANY
        if has_waited or sum(isinstance(answer, Packed) for _, answer in self.done) >= self.at_once:
            self.save()

    def save(self) -> None:
        """Keep what is done, in one transaction."""
        if self.done:
            self.patiently(self.save_once)
            count(self.tally, self.done)
            for given, _ in self.done:
                if isinstance(given.item, Article) and self.waiting.get(given.item.id) is given.item:
                    del self.waiting[given.item.id]
            self.done = []
        self.saved_at = time.monotonic()

    def save_once(self) -> None:
        """One try; nothing is kept when it fails."""
        with self.store.writer() as writer:
            savings = [Saving.of(answer.line, answer.meaning) for _, answer in self.done if isinstance(answer, Packed)]
            writer.save_all(savings)
            settle(writer, self.done, self.broken)

    def patiently(self, action: Callable[[], Result]) -> Result:
        """Do something with the database, trying again for a while when it is gone, full or busy."""
        for wait in self.waits:
            try:
                return action()
            except StoreError as error:
                self.report(StoreError(f"{error} Trying again in {wait:g} s."))
                time.sleep(wait)
        return action()


def settle(writer: Writer, done: Iterable[tuple[Given, Answer]], broken: set[str]) -> None:
    """Note failures and their ends, and how far the sources have come.

    A source of which an article could be had but not read stays where it was, to give that article again.
    """
    failed: dict[str, tuple[InputError, str | None] | None] = {}
    ends: list[Reached | Finished] = []
    for given, answer in done:
        match answer:
            case InputError():
                failed[named(given.item, answer)] = answer, given.source
            case Reached() if given.source in broken:
                pass
            case Reached() | Finished():
                ends.append(answer)
            case _:
                failed |= dict.fromkeys(names(given.item))
    writer.recovered([name for name, failure in failed.items() if failure is None])
    for name, failure in failed.items():
        if failure:
            writer.fail(name, str(failure[0]), failure[1])
    for end in ends:
        put(writer, end)


def named(item: Item, error: InputError) -> str:
    """What a failure is kept under: the article, or else what the source said."""
    return item.id if isinstance(item, Article) else str(error)


def names(item: Item) -> list[str]:
    """What failures of an article may be kept under."""
    article = item.article if isinstance(item, Known) else item
    return [article.id, *filter(None, [article.url])] if isinstance(article, Article) else []


def put(writer: Writer, end: Reached | Finished) -> None:
    """Note how far a source has come, or that it was gone through.

    Of files all is read every time: failures that did not come again are over. The web shows what is new only.
    """
    if isinstance(end, Reached):
        writer.remember(end.name, end.state)
        return
    writer.visited(end.name, str(end.error) if end.error else None)
    if WEB not in end.name:
        writer.outlived(end.name, end.since)


def count(tally: Tally, done: Iterable[tuple[Given, Answer]]) -> None:
    """Add what was done."""
    for _, answer in done:
        tally.read += isinstance(answer, Packed)
        tally.known += isinstance(answer, Known)
        tally.failed += isinstance(answer, InputError)


def is_stored(view: View, article: Article, made_by: MadeBy) -> bool:
    """Whether the record of exactly this article, made by these versions, is in the store."""
    digest = hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
    columns = (articles.c.sha256, *(articles.c[name] for name in ("title", "published", "source", "url")))
    query = select(*columns, runs.c.program, runs.c.model, runs.c.gazetteer).join(runs)
    found = view.rows(query.where(articles.c.id == stored(article.id)))
    told = [digest, *map(stored, (article.title, article.published, article.source, article.url)), *astuple(made_by)]
    return bool(found) and list(found[0]) == told


def stored(value: str | None) -> str | None:
    """A text as the database keeps it."""
    return value and str(storable({"": value})[""])


def out_of_date(view: View, made_by: MadeBy) -> Iterator[Article]:
    """The articles whose records other versions made, a few at a time, so that none are held open while reading."""
    query = select(articles.c.number, articles.c.record).join(runs).order_by(articles.c.number).limit(AT_ONCE)
    other = (runs.c.program != made_by.program) | (runs.c.model != made_by.model)
    query = query.where(other | (runs.c.gazetteer != made_by.gazetteer))
    last = 0
    while some := view.rows(query.where(articles.c.number > last)):
        for row in some:
            document = unpacked(row.record)["document"]
            yield Article(**{key: document[key] for key in ("id", "text", "title", "published", "source", "url")})
        last = some[-1].number
