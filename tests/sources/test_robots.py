"""robots.txt, as RFC 9309 has it."""

from __future__ import annotations

import pytest

from masdar.sources.robots import read_robots

RULES = """
User-agent: other
Disallow: /

User-agent: *
User-agent: third
Disallow: /a   # not here
Allow: /a/b
Disallow: /*.pdf$
Disallow: /x*/y
Disallow:
Crawl-delay: 2.5
"""
PATHS = [
    ("/", True),
    ("/a", False),
    ("/abc", False),
    ("/a/b/c", True),
    ("/c.pdf", False),
    ("/c.pdf?x", True),
    ("/x1/2/y/3", False),
    ("/x1/2", True),
]


@pytest.mark.parametrize(("path", "is_allowed"), PATHS)
def test_paths(path: str, is_allowed: bool) -> None:
    assert read_robots(RULES).allows(path) is is_allowed


def test_the_own_group_counts() -> None:
    assert read_robots(RULES + "\nUser-Agent: Masdar\nAllow: /a\nDisallow: /b").allows("/a")
    assert not read_robots(RULES + "\nUser-Agent: Masdar\nDisallow: /b").allows("/b")


def test_delays() -> None:
    assert read_robots(RULES).delay == 2.5
    assert read_robots("User-agent: *\nCrawl-delay: 99999").delay == 60
    assert read_robots("User-agent: *\nCrawl-delay: soon").delay == 0


@pytest.mark.parametrize("text", ["", "<html>not found</html>", "Disallow: /", "User-agent: *"])
def test_nothing_said_is_nothing_forbidden(text: str) -> None:
    assert read_robots(text).allows("/a")
