"""A place holds a whole export or what was there before."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from masdar.errors import InputError
from masdar.exports import EXPORTS, FOLDERS
from masdar.exports.options import Options
from tests.exports.records import sample, sides

FILES = sorted({*EXPORTS} - FOLDERS)


class Stopped(Exception):
    """What stops an export half way."""


def broken() -> Iterator[dict[str, Any]]:
    """A record, and no second one."""
    yield sides()
    raise Stopped


@pytest.mark.parametrize("form", EXPORTS)
def test_a_stopped_export_leaves_nothing(form: str, tmp_path: Path) -> None:
    with pytest.raises(Stopped):
        EXPORTS[form](broken(), tmp_path / "out", Options())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", EXPORTS)
def test_a_stopped_export_leaves_the_earlier_one(form: str, tmp_path: Path) -> None:
    EXPORTS[form](sample(), tmp_path / "out", Options())
    before = contents(tmp_path)
    with pytest.raises(Stopped):
        EXPORTS[form](broken(), tmp_path / "out", Options())
    assert contents(tmp_path) == before


@pytest.mark.parametrize("form", EXPORTS)
def test_an_export_replaces_the_earlier_one(form: str, tmp_path: Path) -> None:
    EXPORTS[form]([sides()], tmp_path / "out", Options())
    EXPORTS[form](sample(), tmp_path / "out", Options())
    EXPORTS[form](sample(), tmp_path / "new", Options())
    found = contents(tmp_path)
    assert {name.relative_to("out"): data for name, data in found.items() if name.parts[0] == "out"} == {
        name.relative_to("new"): data for name, data in found.items() if name.parts[0] == "new"
    }


def contents(folder: Path) -> dict[Path, bytes]:
    """Every file of a folder."""
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


KILLED = """
import os, signal, sys
from pathlib import Path
from masdar.exports import EXPORTS
from masdar.exports.options import Options
from tests.exports.records import sides
def records():
    yield sides()
    os.kill(os.getpid(), signal.SIGKILL)
EXPORTS[sys.argv[1]](records(), Path(sys.argv[2]), Options())
"""


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_killed_export_leaves_no_half_file_at_its_place(form: str, tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, form, str(tmp_path / "out")], check=False)
    assert done.returncode == -signal.SIGKILL
    assert not (tmp_path / "out").exists()
    EXPORTS[form](sample(), tmp_path / "out", Options())  # what was left behind is in nobody's way
    assert (tmp_path / "out").exists()


@pytest.mark.parametrize("form", sorted(FOLDERS))
def test_a_folder_with_other_files_is_left_alone(form: str, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match=r"holds notes\.txt, which is not of this export"):
        EXPORTS[form]([sides()], tmp_path, Options())
    assert contents(tmp_path) == {Path("notes.txt"): b"mine"}


@pytest.mark.parametrize("form", sorted(FOLDERS))
def test_a_folder_needs_a_name_and_no_file_in_its_place(form: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--into FOLDER"):
        EXPORTS[form]([sides()], None, Options())
    (tmp_path / "out").write_text("mine")
    with pytest.raises(InputError, match="is a file"):
        EXPORTS[form]([sides()], tmp_path / "out", Options())


@pytest.mark.parametrize("form", EXPORTS)
def test_a_place_that_is_not_there_is_said(form: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written: No such file or directory"):
        EXPORTS[form]([sides()], tmp_path / "no" / "out", Options())


@pytest.mark.parametrize("form", FILES)
def test_the_standard_output_gets_the_same_bytes(form: str, tmp_path: Path, capfdbinary: Any) -> None:  # noqa: ANN401
    EXPORTS[form](sample(), tmp_path / "out", Options())
    EXPORTS[form](sample(), None, Options())
    assert capfdbinary.readouterr().out == (tmp_path / "out").read_bytes()


def test_a_new_file_has_the_permissions_of_a_new_file(tmp_path: Path) -> None:
    EXPORTS["jsonl"]([sides()], tmp_path / "out", Options())
    (tmp_path / "other").touch()
    assert os.stat(tmp_path / "out").st_mode == os.stat(tmp_path / "other").st_mode  # noqa: PTH116
