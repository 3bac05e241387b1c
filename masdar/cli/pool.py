"""Read many articles in several processes, in order, with bounded memory.

Each worker loads a reader once and is given one article at a time; what is no article passes in its place. A worker
that dies (killed, out of memory, a programming mistake) loses its article only: that is reported, and a fresh worker
takes its place.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from masdar.errors import InputError, MasdarError
from masdar.types import Article, Record

if TYPE_CHECKING:
    from masdar.reader import Reader

Made = TypeVar("Made")
Other = TypeVar("Other")
AHEAD = 16  # articles for each worker that may be read while an earlier one is not finished
SPAWN = multiprocessing.get_context("spawn")  # a fork would copy the threads of the progress bar


@dataclass(frozen=True, slots=True)
class Work(Generic[Made]):
    """What a worker is to do with each article."""

    render: Callable[[Record], Made]
    overrides: Path | None = None


@dataclass(slots=True)
class Worker(Generic[Made]):
    """A process, the line to it, and the number and article that it is reading."""

    process: Any
    line: Connection
    number: int = -1
    article: Article | None = None

    @classmethod
    def start(cls, work: Work[Made]) -> Worker[Made]:
        """A fresh process, loading its reader."""
        near, far = SPAWN.Pipe()
        process = SPAWN.Process(target=serve, args=(far, work), daemon=True)
        process.start()
        far.close()
        return cls(process, near)

    def give(self, number: int, article: Article) -> None:
        """Hand it an article; a dead one is noticed when its answer is awaited."""
        self.number, self.article = number, article
        with contextlib.suppress(BrokenPipeError):
            self.line.send(article)

    def take(self) -> Made | InputError:
        """Its answer, or the report that it died.

        Raises:
            MasdarError: the worker cannot read anything: no model, a malformed lexicon.
        """
        article, self.article = self.article, None
        try:
            answer = self.line.recv()
        except (EOFError, ConnectionResetError):
            self.process.join()
            name = article.id if article else "?"
            return InputError(
                f"article {name} was lost: the process that read it ended with {said_of(self.process.exitcode)}. "
                "Read it alone with --jobs 1 to see why."
            )
        if isinstance(answer, MasdarError) and not isinstance(answer, InputError):
            raise answer
        return answer  # type: ignore[no-any-return]

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self.line.close()
        self.process.terminate()
        self.process.join()


def said_of(exitcode: int) -> str:
    """signal SIGKILL (-9); code 1 (1)."""
    return f"signal {signal.Signals(-exitcode).name}" if exitcode < 0 else f"code {exitcode}"


def serve(line: Connection, work: Work[Any]) -> None:
    """The life of a worker: load, then read article after article until the line is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    from masdar.reader import Reader

    try:
        reader = Reader.load(threads=1, overrides=work.overrides)
    except MasdarError as error:
        line.send(error)
        return
    with contextlib.suppress(EOFError, ConnectionError):  # the line is closed, or whoever held it has been killed
        while True:
            line.send(answered(line.recv(), reader, work))


def answered(article: Article, reader: Reader, work: Work[Made]) -> Made | MasdarError:
    """What is made of an article, or why it cannot be read."""
    try:
        return work.render(reader.read(article))
    except MasdarError as error:
        return error


@dataclass(slots=True)
class Pool(Generic[Made]):
    """Some workers, the answers that came too early, and the next one to be given out."""

    work: Work[Made]
    jobs: int
    workers: list[Worker[Made]] = field(default_factory=list)
    early: dict[int, Any] = field(default_factory=dict)
    given: int = 0
    done: int = 0

    def answers(self, articles: Iterable[Article | Other]) -> Generator[Made | InputError | Other, None, None]:
        """One answer for each article, in their order; what is no article, such as an error, stands in its place."""
        try:
            for article in articles:
                while not self.has_room():
                    self.receive()
                    yield from self.ripe()
                self.put(article)
                yield from self.ripe()
            while self.done < self.given:
                self.receive()
                yield from self.ripe()
        finally:
            for worker in self.workers:
                worker.stop()

    def has_room(self) -> bool:
        """Whether a worker is free (or may be started) and not too many answers wait for an earlier one."""
        is_free = len(self.workers) < self.jobs or any(worker.article is None for worker in self.workers)
        return is_free and self.given - self.done < AHEAD * self.jobs

    def put(self, article: object) -> None:
        """Give an article to a free worker; keep anything else until its turn."""
        number, self.given = self.given, self.given + 1
        if not isinstance(article, Article):
            self.early[number] = article
            return
        free = next((worker for worker in self.workers if worker.article is None), None)
        if free is None:
            free = Worker.start(self.work)
            self.workers.append(free)
        free.give(number, article)

    def receive(self) -> None:
        """Wait for the workers that read, and keep what they answer; replace those that died."""
        lines = {worker.line: worker for worker in self.workers if worker.article is not None}
        for ready in wait(list(lines)):
            worker = lines[ready]  # type: ignore[index]
            self.early[worker.number] = worker.take()
            if not worker.process.is_alive():
                worker.stop()
                self.workers.remove(worker)

    def ripe(self) -> Iterator[Any]:
        """The answers whose turn it is."""
        while self.done in self.early:
            self.done += 1
            yield self.early.pop(self.done - 1)
