"""Read units of work on Dask: on workers of this machine, or on those of a cluster whose scheduler is named.

Each worker loads one reader and reads one unit at a time into one shard. When a worker dies, Dask gives its unit to
another. Units are answered in their order, whoever finishes first. Needs the extra `dask`.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import astuple, dataclass, field, replace
from itertools import repeat

import dask
from distributed import Client, Future, KilledWorker, LocalCluster, Worker, WorkerPlugin, get_worker

from masdar.errors import InputError, MasdarError, ModelError
from masdar.store.ingest import Answer, Tally
from masdar.store.shards import Loading, remove_parts
from masdar.store.units import Outcome, Plan, Reads, Unit, outcome_there, read_unit
from masdar.store.write import now
from masdar.types import MadeBy

Load = Callable[[], Reads]
Done = tuple[Unit, Outcome | InputError]
PATIENCE = 30  # seconds to wait for a scheduler
# one thread each: the model and the lock of Python leave nothing for a second; the system sees to the memory
LOCAL = {
    "threads_per_worker": 1,
    "memory_limit": None,
    "dashboard_address": "127.0.0.1:0",
    "silence_logs": logging.ERROR,
}
AHEAD = 10_000  # units that are given out before the first of them is done


class ReaderPlugin(WorkerPlugin):
    """Gives each worker a reader when it joins."""

    idempotent = True

    def __init__(self, load: Load, made_by: MadeBy) -> None:
        self.load, self.made_by = load, made_by
        self.name = plugin_name(made_by)
        self.reads: Reads | None = None

    def setup(self, worker: Worker) -> None:
        """Load, before any unit comes."""
        self.loaded()

    def loaded(self) -> Reads:
        """The reader of this worker.

        Raises:
            ModelError: the worker has other versions of masdar, its model or its overrides than whoever asks.
        """
        if self.reads is None:
            reads = self.load()
            if reads.made_by != self.made_by:
                has, wants = " / ".join(astuple(reads.made_by)), " / ".join(astuple(self.made_by))
                raise ModelError(f"A worker has {has}, but {wants} is wanted. Install the same masdar on all machines.")
            self.reads = reads
        return self.reads


def plugin_name(made_by: MadeBy) -> str:
    """Readers of several versions may be on one worker."""
    return " ".join(("masdar", *astuple(made_by)))


def read_here(unit: Unit) -> Outcome:
    """Read a unit with the reader of this worker."""
    plugin = get_worker().plugins[plugin_name(unit.made_by)]
    if not isinstance(plugin, ReaderPlugin):
        raise TypeError(plugin)
    return read_unit(unit, plugin.loaded())


@contextmanager
def connected(address: str | None, workers: int, patience: int = PATIENCE) -> Iterator[Client]:
    """A client of the scheduler at an address, or of so many workers that are started on this machine.

    Raises:
        InputError: no scheduler answers there.
    """
    with ExitStack() as stack:
        if address is None:
            # no unit waits behind another one at a worker, whose death would be laid at its door too
            stack.enter_context(dask.config.set({"distributed.scheduler.worker-saturation": 1.0}))
            address = stack.enter_context(LocalCluster(n_workers=workers, **LOCAL)).scheduler_address
        try:
            client = stack.enter_context(Client(address, timeout=patience))
        except (OSError, ValueError) as error:
            raise InputError(
                f"No scheduler answers at {address}: {error}. Is it running, and can it be reached?"
            ) from error
        yield client


@dataclass(frozen=True, slots=True)
class Cluster:
    """Reads units with the workers of a client."""

    client: Client
    load: Load
    made_by: MadeBy
    ahead: int = AHEAD

    def read(self, units: Iterable[Unit]) -> Iterator[Done]:
        """Each unit with what came of it, in their order.

        Raises:
            MasdarError: the workers cannot read anything, or the scheduler is gone. What was read stays.
        """
        self.prepare()
        waiting: deque[tuple[Unit, Future[Outcome] | None]] = deque()
        for unit in units:
            waiting.append((unit, None if unit.shard.exists() else self.give(unit)))
            while waiting and (len(waiting) >= self.ahead or is_done(waiting[0][1])):
                yield answered(*waiting.popleft())
        while waiting:
            yield answered(*waiting.popleft())

    def prepare(self) -> None:
        """Let every worker, of now and later, load a reader."""
        try:
            self.client.register_plugin(ReaderPlugin(self.load, self.made_by))
        except ImportError as error:
            raise ModelError(f"A worker lacks {error.name}. Install the same masdar[dask] on all machines.") from error

    def give(self, unit: Unit) -> Future[Outcome]:
        """Hand a unit to the scheduler; of one that another client has given already, both get the answer."""
        return self.client.submit(read_here, unit, key=("masdar", unit.shard.name), pure=True)


def is_done(future: Future[Outcome] | None) -> bool:
    """Whether the answer is there."""
    return future is None or future.done()


def answered(unit: Unit, future: Future[Outcome] | None) -> Done:
    """What came of a unit, once it is there."""
    if future is None:
        return unit, outcome_there(unit)
    error = future.exception()
    if future.cancelled() or future.status == "lost":
        raise MasdarError(f"The scheduler is gone. What was read stays in {unit.folder}; give the same command again.")
    if isinstance(error, KilledWorker):
        return unit, InputError(
            f"{unit.name} was lost: every worker that read it died. Has it enough memory? Read it without --engine "
            "dask, which loses only the article that does it."
        )
    if isinstance(error, OSError):
        return unit, InputError(
            f"{unit.name} was lost: {error}. Every worker must see the files and the shards' folder."
        )
    if error is not None:
        raise error
    # a worker that died after its work may have had it done before: it was read by this run all the same
    return unit, replace(future.result(), was_there=False)


@dataclass(slots=True)
class Run:
    """One run over some files: units read by a cluster, their shards taken into a store, if there is one."""

    cluster: Cluster
    plan: Plan
    loading: Loading | None = None
    report: Callable[[MasdarError], None] = lambda error: None
    tally: Tally = field(default_factory=Tally)

    def answers(self, sources: Iterable[str]) -> Iterator[Answer | Outcome]:
        """Read files and folders; yields something for each article, so that progress can be shown."""
        sources, since = list(sources), now()
        for unit, outcome in self.cluster.read(self.units(sources)):
            if isinstance(outcome, InputError):
                self.fail(outcome, unit.name)
                continue
            yield from self.loading.shards([unit.shard]) if self.loading else self.counted(unit, outcome)
            remove_parts(unit.shard)
        if self.loading:
            for source in sources:
                self.loading.over(source, since)

    def units(self, sources: Iterable[str]) -> Iterator[Unit]:
        """The units of all sources; what cannot be read here is reported."""
        for source in sources:
            for unit in self.plan.units(source):
                if isinstance(unit, InputError):
                    self.fail(unit, source)
                else:
                    yield unit

    def fail(self, error: InputError, source: str) -> None:
        """Report what could not be read at all, and keep that in the store."""
        if self.loading:
            self.loading.failure(error, source)
            return
        self.report(error)
        self.tally.failed += 1

    def counted(self, unit: Unit, outcome: Outcome) -> Iterator[Outcome]:
        """Count a unit that stays in its shard; once for each article in it."""
        if outcome.failed:
            self.report(InputError(f"{outcome.failed} of {unit.name} could not be read, see `error` in {unit.shard}"))
        read = outcome.rows - outcome.failed
        self.tally.failed += outcome.failed
        self.tally.known += read if outcome.was_there else 0
        self.tally.read += 0 if outcome.was_there else read
        yield from repeat(outcome, outcome.rows)
