"""What a site allows programs to ask for: robots.txt, as RFC 9309 has it.

The group that names masdar counts, else the one for all. The longest rule that matches a path decides, and allow
wins over disallow of the same length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

NAME = "masdar"
LONGEST = 512_000  # characters; what comes after is not read, as RFC 9309 allows
MOST_WAIT = 60.0  # seconds between two requests, however many a site asks for
LINE = re.compile(r"\s*([\w-]+)\s*:\s*([^#]*)")


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of a site for masdar: (path pattern, is it allowed), and the seconds to wait between requests.

    `error` says why they are not known; then nothing may be asked for.
    """

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float = 0.0
    error: str | None = None

    def allows(self, path: str) -> bool:
        """Whether a path, with its query, may be asked for."""
        matching = [(len(pattern), is_allowed) for pattern, is_allowed in self.rules if matches(pattern, path)]
        return max(matching, default=(0, True))[1]


def read_robots(text: str) -> Robots:
    """The rules of a robots.txt that are meant for masdar."""
    found = filter(None, map(LINE.match, text[:LONGEST].splitlines()))
    lines = [(line.group(1).lower(), line.group(2).strip()) for line in found]
    groups: dict[str, list[tuple[str, str]]] = {}
    names: list[str] = []
    for is_name, run in groupby(lines, key=lambda line: line[0] == "user-agent"):
        if is_name:
            names = [value.lower() for _, value in run]
            continue
        for name, line in [(name, line) for line in run for name in names]:
            groups.setdefault(name, []).append(line)
    return to_robots(groups.get(NAME, groups.get("*", [])))


def to_robots(lines: list[tuple[str, str]]) -> Robots:
    """The lines of a group as rules."""
    rules = tuple((value, key == "allow") for key, value in lines if key in ("allow", "disallow") and value)
    waits = [float(value) for key, value in lines if key == "crawl-delay" and re.fullmatch(r"\d{1,6}(\.\d+)?", value)]
    return Robots(rules, min(max(waits, default=0.0), MOST_WAIT))


def matches(pattern: str, path: str) -> bool:
    """Whether a rule is about a path: * stands for anything, $ for the end."""
    is_anchored = pattern.endswith("$")
    first, *parts = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    end = len(first)
    for part in parts[:-1] if is_anchored else parts:
        found = path.find(part, end)
        if found < 0:
            return False
        end = found + len(part)
    if not is_anchored:
        return True
    return path.endswith(parts[-1]) and len(path) - len(parts[-1]) >= end if parts else len(path) == end
