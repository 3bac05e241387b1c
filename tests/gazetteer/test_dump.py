"""A base made from a tiny dump in the real format of GeoNames, made for the project."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from masdar.cli import main
from masdar.errors import InputError
from masdar.gazetteer import Gazetteer
from masdar.gazetteer.dump import build_from_dump
from masdar.text.fold import fold_word


def line(geonameid: int, name: str, at: str, feature: str, country: str) -> str:
    """A line of 19 fields; `country`: code.division.population, `feature`: class.code."""
    lat, lon = at.split()
    feature_class, code = feature.split(".")
    iso2, admin1, population = country.split(".")
    fields = [geonameid, name, name, "", lat, lon, feature_class, code, iso2, "", admin1]
    return "\t".join(map(str, [*fields, "", "", "", population, "", "", "Asia/Damascus", ""]))


DUMP = [
    line(900001, "Tall Nuran", "35.9 36.8", "P.PPL", "SY.12.4200"),
    line(900002, "Nuran", "33.4 43.2", "P.PPL", "IQ.01.300"),
    line(900003, "Manbij", "36.528 37.955", "P.PPLA2", "SY.09.99497"),
    line(900004, "Muhafazat Idlib", "35.8 36.7", "A.ADM1", "SY.12.1500000"),
    line(900005, "Bahr Nuran", "10.0 60.0", "H.SEA", "..0"),
    line(900006, "Well", "35.9 36.8", "S.WLL", "SY.12.0"),
]
ALTERNATES = [
    "1\t900001\tar\tتل نوران\t1\t\t\t\t\t",
    "2\t900002\tar\tنوران\t\t\t\t\t\t",
    "3\t900001\t\tنوران\t\t\t\t\t\t",
    "4\t900004\tar\tمحافظة إدلب\t\t\t\t\t\t",
    "5\t900005\tar\tبحر نوران\t\t\t\t\t\t",
    "6\t900001\tlink\thttps://example.org\t\t\t\t\t\t",
    "7\t900002\tur\tنوران والا\t\t\t\t\t\t",
]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The dump and its alternate names."""
    folder = tmp_path_factory.mktemp("geonames")
    dump, alternates = folder / "XX.txt", folder / "alternateNamesV2.txt"
    dump.write_text("\n".join(DUMP) + "\n", "utf-8")
    alternates.write_text("\n".join(ALTERNATES) + "\n", "utf-8")
    return dump, alternates


@pytest.fixture(scope="module")
def made(files: tuple[Path, Path]) -> Gazetteer:
    """The base of the dump, made by the command."""
    output = files[0].parent / "made.db"
    result = CliRunner().invoke(main, ["places", "build", *map(str, files), "-o", str(output)])
    assert result.exit_code == 0, result.output
    return Gazetteer.load(output)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("تل نوران", [(900001, "SYR", "SY.12", "city")]),
        ("نوران", [(900001, "SYR", "SY.12", "city"), (900002, "IRQ", "IQ.01", "city")]),
        ("بحر نوران", [(900005, None, None, "sea")]),
        ("محافظة إدلب", [(900004, "SYR", "SY.12", "division")]),
        ("منبج", [(900003, "SYR", "SY.09", "town")]),  # ours and GeoNames' are one
        ("نوران والا", []),
    ],
)
def test_lookup(name: str, expected: list[object], made: Gazetteer) -> None:
    found = made.lookup(fold_word(name))
    assert [(c.geonameid, c.country, c.admin1, c.kind) for c in found] == expected


def test_hand_written_places_are_in_every_base(made: Gazetteer) -> None:
    assert made.find_country(fold_word("سورية")) == "SYR"
    assert made.lookup(fold_word("الغوطة الشرقية"))[0].country == "SYR"


def test_same_dump_same_version(files: tuple[Path, Path], made: Gazetteer) -> None:
    again = build_from_dump(*files, files[0].parent / "again.db", lambda _: None)
    assert again == made.version


@pytest.mark.parametrize("text", ["900001\tName\n", "x" + DUMP[0] + "\n"])
def test_other_files_are_refused(text: str, tmp_path: Path) -> None:
    dump = tmp_path / "allCountries.txt"
    dump.write_text(text, "utf-8")
    with pytest.raises(InputError, match=r"allCountries\.txt line 1"):
        build_from_dump(dump, None, tmp_path / "out.db", lambda _: None)
    assert [path.name for path in tmp_path.iterdir()] == ["allCountries.txt"]
