"""What a source has to remember from one run to the next: where a feed was left, when a page last changed."""

from __future__ import annotations

from typing import Any, Protocol

State = dict[str, Any]  # what JSON can hold


class Memory(Protocol):
    """Keeps the state of sources by name.

    `put` comes after every article that the source has given for this state. A memory that outlives the process
    must keep the state no earlier than those articles: what is kept is not asked for again.
    """

    def get(self, name: str) -> State:
        """The state of a source; empty when it is new."""

    def put(self, name: str, state: State) -> None:
        """Keep the state of a source. `state["kind"]` says what it is: page or feed."""


class Forgetful:
    """Remembers nothing: every run starts anew."""

    def get(self, name: str) -> State:
        """Nothing is known."""
        return {}

    def put(self, name: str, state: State) -> None:
        """Nothing is kept."""
