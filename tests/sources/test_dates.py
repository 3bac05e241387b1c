"""The day something was published, in whatever form."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from masdar.sources.dates import to_published

DAYS: list[tuple[object, str | None]] = [
    ("2023-01-17", "2023-01-17"),
    (" 2023-01-17T10:30:00Z ", "2023-01-17T10:30:00+00:00"),
    ("2023-01-17 10:30", "2023-01-17T10:30:00"),
    ("2023-01-17T10:30:00.123+0300", "2023-01-17T10:30:00+03:00"),
    ("Tue, 17 Jan 2023 10:00:00 GMT", "2023-01-17T10:00:00+00:00"),
    ("الثلاثاء 17 كانون الثاني 2023", "2023-01-17"),
    ("يناير 17, 2023", "2023-01-17"),
    ("١٧ يناير/كانون الثاني ٢٠٢٣", "2023-01-17"),
    (date(2023, 1, 17), "2023-01-17"),
    (datetime(2023, 1, 17, 10, 30), "2023-01-17T10:30:00"),  # noqa: DTZ001
    ("0001-01-01", None),
    (date(1, 1, 1), None),
    ("كانون الثاني 2023", None),
    ("2023", None),
    ("31 شباط 2023", None),
    ("أمس", None),
    ("", None),
    (None, None),
    (17, None),
]


@pytest.mark.parametrize(("value", "published"), DAYS)
def test_to_published(value: object, published: str | None) -> None:
    assert to_published(value) == published
