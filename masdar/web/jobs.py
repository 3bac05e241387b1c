"""Adding articles in the background: jobs wait in a line, a thread reads one after the other, pages ask how far it is.

Feeds and pages that are watched become jobs again when their time has come.
"""

from __future__ import annotations

import json
import queue
import shutil
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from masdar.errors import InputError, MasdarError
from masdar.sources import checked as only_arabic
from masdar.sources import open_source
from masdar.store import Store
from masdar.store.accounts import log
from masdar.store.ingest import Answer, Found, Ingest, Item, Known, Memory
from masdar.store.packed import Packed
from masdar.store.watches import due
from masdar.store.write import now
from masdar.types import Article
from masdar.web.reading import Reading
from masdar.web.shown import short

KEPT = 50  # finished jobs that are remembered
LONGEST_TITLE = 120  # letters of a title that are shown
ERRORS = 20  # of a job that are shown
PATIENCE = 20.0  # seconds between looks at what is watched
SHORT_WAITS = (1.0, 2.0)  # when the database is busy: a person is waiting

Source = tuple[str, Callable[[Memory], Found]]  # its name, and how to open it


@dataclass(slots=True)
class Job:
    """Some sources to be read, and how far that is."""

    number: int
    who: str
    title: str
    sources: list[Source]
    folder: Path | None = None  # of uploaded files, removed at the end
    state: str = "waiting"  # running done stopped failed
    read: list[str] = field(default_factory=list)  # ids of articles
    known: list[str] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)  # of both, by id
    errors: list[str] = field(default_factory=list)
    failed: int = 0
    asked: str = field(default_factory=now)
    is_stopped: bool = False

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state not in ("waiting", "running")

    def fail(self, error: MasdarError) -> None:
        """Note what could not be read, without the folder that uploads lie in."""
        self.failed += 1
        if len(self.errors) < ERRORS:
            self.errors.append(str(error).replace(f"{self.folder}/", "") if self.folder else str(error))


@dataclass
class Jobs:
    """The line of jobs of one desk."""

    store: Store
    reading: Reading
    waiting: queue.Queue[Job | None] = field(default_factory=queue.Queue)
    all: deque[Job] = field(default_factory=lambda: deque(maxlen=KEPT))
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    thread: threading.Thread | None = None
    asked: dict[str, datetime] = field(default_factory=dict)  # when a watch was last made a job

    def start(self) -> None:
        """Begin to work."""
        self.thread = threading.Thread(target=self.work, name="masdar jobs", daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """End after the article at hand; what was saved stays."""
        for job in self.all:
            job.is_stopped = True
        self.waiting.put(None)
        if self.thread:
            self.thread.join(timeout=30)

    def add(self, who: str, title: str, sources: list[Source], folder: Path | None = None) -> Job:
        """Put some sources at the end of the line."""
        job = Job(next(self.numbers), who, title, sources, folder)
        self.all.appendleft(job)
        self.waiting.put(job)
        return job

    def find(self, number: int) -> Job | None:
        """The job of a number, if it is remembered."""
        return next((job for job in self.all if job.number == number), None)

    def work(self) -> None:
        """Do one job after the other, until there is none but None."""
        while True:
            try:
                job = self.waiting.get(timeout=PATIENCE)
            except queue.Empty:
                self.watch()
                continue
            if job is None:
                return
            self.do(job)

    def watch(self) -> None:
        """Make jobs of the watches whose time has come."""
        moment = datetime.now(UTC)
        try:
            found = due(self.store.view(), moment)
        except MasdarError:
            return  # the database is away; it is asked again
        for watch in found:
            if self.asked.get(watch.name, datetime.min.replace(tzinfo=UTC)) < moment - timedelta(minutes=1):
                self.asked[watch.name] = moment
                self.add(watch.who, watch.name, [web(watch.name)])

    def do(self, job: Job) -> None:
        """One job, from opening its sources to its end."""
        job.state = "running"
        run = Ingest(self.store, self.reading.made_by(), self.stoppable(job), job.fail, SHORT_WAITS, at_once=8)
        memory = Memory(self.store.view())
        try:
            for answer in run.articles(((name, open(memory)) for name, open in job.sources), memory):
                note(job, answer)
            job.state = "stopped" if job.is_stopped else "done"
        except MasdarError as error:
            job.fail(error)
            job.state = "failed"
        finally:
            if not job.is_over:
                job.state = "failed"
            if job.folder:
                shutil.rmtree(job.folder, ignore_errors=True)
        with self.store.writer() as writer:
            log(writer.connection, job.who, "add", f"{job.title}: {len(job.read)} read, {job.failed} failed")

    def stoppable(self, job: Job) -> Callable[[Iterator[Item]], Generator[Answer, None, None]]:
        """The readers, given nothing more once the job is stopped."""

        def until_stopped(items: Iterator[Item]) -> Iterator[Item]:
            for item in items:
                if job.is_stopped:
                    return
                yield item

        def read(items: Iterator[Item]) -> Generator[Answer, None, None]:
            yield from self.reading.read(until_stopped(items))

        return read


def note(job: Job, answer: Answer) -> None:
    """Count an answer."""
    if isinstance(answer, Packed):
        document = json.loads(answer.line)["document"]
        job.read.append(str(document["id"]))
        job.titles[job.read[-1]] = short(document["title"], LONGEST_TITLE)
    elif isinstance(answer, Known):
        job.known.append(answer.article.id)
        job.titles[answer.article.id] = short(answer.article.title, LONGEST_TITLE)


def web(url: str) -> Source:
    """A page or feed."""
    return url, lambda memory: open_source(url, None, memory)


def file(path: Path) -> Source:
    """An uploaded file; it is named without its folder."""
    return path.name, lambda _memory: open_source(str(path))


def pasted(article: Article) -> Source:
    """A text that somebody pasted."""
    return "pasted", lambda _memory: checked(article)


def checked(article: Article) -> Iterator[Article | InputError]:
    """The article, if it is in Arabic."""
    return only_arabic(iter([article]), article.title or "pasted text")
