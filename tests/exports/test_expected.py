"""Each format, byte for byte, for a few invented articles: tests/exports/expected/.

When a format changes on purpose: `python -m tests.exports.test_expected`, then read the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from masdar.exports import EXPORTS, FOLDERS
from masdar.exports.aggregate import Counts, write_aggregate
from masdar.exports.options import Options
from tests.exports.records import empty, meeting, nasty, sample, sides

EXPECTED = Path(__file__).parent / "expected"
ALL = Options(has_claims=True, has_unreal=True)
FILES = {
    "jsonl": Options(),
    "plover": Options(),
    "polecat": ALL,
    "gdelt": ALL,
    "gdelt-mentions": ALL,
    "ftm": Options(),
}


def write_expected(folder: Path) -> None:
    """Every format of the sample."""
    folder.mkdir(exist_ok=True)
    for form, options in FILES.items():
        EXPORTS[form](sample(), folder / f"sample.{form}", options)
    EXPORTS["csv"](sample(), folder / "csv", Options())
    write_aggregate(sample(), folder / "sample.aggregate.csv", Counts("month", is_by_events=False), Options())


def test_every_format_has_an_expected_file(tmp_path: Path) -> None:
    write_expected(tmp_path / "out")
    found = {path.relative_to(tmp_path / "out"): path for path in (tmp_path / "out").rglob("*") if path.is_file()}
    expected = {path.relative_to(EXPECTED): path for path in EXPECTED.rglob("*") if path.is_file()}
    assert set(found) == set(expected)
    for name, path in found.items():
        assert path.read_bytes() == expected[name].read_bytes(), name
    assert {*FILES, *FOLDERS} == {*EXPORTS}


@pytest.mark.parametrize("form", EXPORTS)
def test_the_same_records_give_the_same_bytes(form: str, tmp_path: Path) -> None:
    for name in ("one", "two"):
        EXPORTS[form](iter([sides(), meeting(), nasty(), empty()]), tmp_path / name, Options())
    one, two = (sorted(p for p in (tmp_path / name).rglob("*")) or [tmp_path / name] for name in ("one", "two"))
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


@pytest.mark.parametrize("form", EXPORTS)
def test_no_records_make_a_whole_export(form: str, tmp_path: Path) -> None:
    EXPORTS[form]([], tmp_path / "out", Options())
    assert (tmp_path / "out").exists()


if __name__ == "__main__":
    write_expected(EXPECTED)
