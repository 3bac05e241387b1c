"""Events as rows for others: POLECAT's and GDELT's columns, read by pandas and R, with or without claims."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from masdar.exports import EXPORTS, gdelt, gdelt_mentions, polecat
from masdar.exports.gdelt import number_of
from masdar.exports.options import Options, Story
from masdar.exports.text import address, flat
from tests.exports.records import empty, meeting, nasty, sample, sides
from tests.exports.test_tables import run_r
from tests.store.records import event, record, words

ALL = Options(has_claims=True, has_unreal=True)
LAYOUTS = {
    "polecat": polecat.COLUMNS,
    "gdelt": gdelt.COLUMNS,
    "gdelt-mentions": gdelt_mentions.COLUMNS,
}


def rows(form: str, folder: Path, records: Any, options: Options = ALL) -> list[dict[str, str]]:  # noqa: ANN401
    """The rows of an export by the names of their columns."""
    EXPORTS[form](records, folder / form, options)
    lines = (folder / form).read_text("utf-8").split("\n")[1 if form == "polecat" else 0 : -1]
    return [dict(zip(LAYOUTS[form], line.split("\t"), strict=True)) for line in lines]


def test_the_layouts_are_as_wide_as_those_of_others() -> None:
    assert [len(columns) for columns in LAYOUTS.values()] == [40, 61, 16]
    assert gdelt.COLUMNS[5:8] == ("Actor1Code", "Actor1Name", "Actor1CountryCode")
    assert gdelt.COLUMNS[25:36] == (
        "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
        "NumMentions", "NumSources", "NumArticles", "AvgTone", "Actor1Geo_Type",
    )  # fmt: skip
    assert gdelt.COLUMNS[51:] == (
        "ActionGeo_Type", "ActionGeo_FullName", "ActionGeo_CountryCode", "ActionGeo_ADM1Code", "ActionGeo_ADM2Code",
        "ActionGeo_Lat", "ActionGeo_Long", "ActionGeo_FeatureID", "DATEADDED", "SOURCEURL",
    )  # fmt: skip
    assert len(set(gdelt.COLUMNS)) == 61


@pytest.mark.parametrize("form", LAYOUTS)
def test_claims_and_what_did_not_happen_are_left_out_unless_asked_for(form: str, tmp_path: Path) -> None:
    options = Options()
    found = rows(form, tmp_path, sample(), options)
    assert len(found) == 4  # a1#V1, a2#V1, a2#V4, a3#V1
    assert options.left_out == {"claimed by somebody": 1, "denied, planned, supposed or long past": 2}
    assert len(rows(form, tmp_path, sample(), Options(has_claims=True))) == 5
    assert len(rows(form, tmp_path, sample(), Options(has_unreal=True))) == 5
    assert len(rows(form, tmp_path, sample(), ALL)) == 7


def test_a_past_event_needs_a_date_of_its_own(tmp_path: Path) -> None:
    made = record("a5", "اعتدى")
    made["events"] = [event("V1", "ASSAULT", words("اعتدى", "اعتدى"), [], [], status=["historical"])]
    assert rows("polecat", tmp_path, [made], Options()) == []
    made["dates"] = [{"id": "T1", "start": 0, "end": 1, "text": "ا", "value": "1990", "end_value": None,
                      "granularity": "year", "kind": "absolute", "resolved_by": None}]  # fmt: skip
    made["events"][0]["date"] = "T1"
    assert [row["Event Date"] for row in rows("polecat", tmp_path, [made], Options())] == ["1990-01-01"]


def test_polecat_says_who_met_whom_where(tmp_path: Path) -> None:
    visit = rows("polecat", tmp_path, [meeting()])[0]
    assert visit["Event ID"] == "a2#V1"
    assert visit["Actor Name"] == "Sameh al-Buheiri; أورهان دينيز"
    assert (visit["Actor Country"], visit["Actor COW"]) == ("EGY; TUR", "651; 640")
    assert (visit["Recipient Name"], visit["Placename"]) == ("None", "Cairo")
    denied = rows("polecat", tmp_path, [meeting()])[2]
    assert (denied["Contexts"], denied["Event Mode"]) == ("negation", "aerial; explosives")


def test_gdelt_codes_actors_as_cameo_does(tmp_path: Path) -> None:
    first, second, denied, nobody = rows("gdelt", tmp_path, [meeting()])
    assert (first["Actor1Code"], first["Actor2Code"]) == ("EGYGOV", "TURGOVELI")
    assert (denied["Actor1Code"], denied["Actor1CountryCode"], denied["Actor1KnownGroupCode"]) == ("IGOUNO", "", "UNO")
    assert (second["Actor2Code"], nobody["Actor1Code"]) == ("", "")
    assert (nobody["EventCode"], nobody["EventBaseCode"], nobody["EventRootCode"]) == ("050", "050", "05")


def test_gdelt_codes_places_as_fips_does(tmp_path: Path) -> None:
    visit = rows("gdelt", tmp_path, [meeting()])[0]
    assert (visit["ActionGeo_FullName"], visit["ActionGeo_CountryCode"]) == ("Cairo, Egypt", "EG")
    assert (visit["ActionGeo_ADM1Code"], visit["ActionGeo_Type"]) == ("EG11", "4")
    at: dict[str, Any] = {"country": "PSE", "admin1": "PS.GZ", "resolution": "city"}
    assert (gdelt.fips_of(at), gdelt.division_of(at, "GZ"), gdelt.geo_type(at)) == ("GZ", "GZ", 4)
    at = {"country": "USA", "admin1": "US.DC", "resolution": "city"}
    assert (gdelt.fips_of(at), gdelt.division_of(at, "US"), gdelt.geo_type(at)) == ("US", "USDC", 3)
    at = {"country": None, "admin1": "IL.06", "resolution": "city"}
    assert (gdelt.fips_of(at), gdelt.division_of(at, "")) == ("", "")


def test_gdelt_tells_time_in_utc_and_days_in_its_own_fractions(tmp_path: Path) -> None:
    accused = rows("gdelt", tmp_path, [sides()])[0]
    assert (accused["Day"], accused["MonthYear"], accused["Year"]) == ("20240313", "202403", "2024")
    assert accused["DATEADDED"] == "20240312223000"
    assert gdelt.day_cells("2015-02-18")[3] == "2015.1315"
    odd = rows("gdelt", tmp_path, [nasty()])[0]
    assert (odd["Day"], odd["DATEADDED"], odd["SOURCEURL"]) == ("", "", "a3")


def test_gdelt_ids_are_exact_as_floating_point_numbers_and_last() -> None:
    numbers = {number_of(f"a{n}#V1") for n in range(1000)}
    assert len(numbers) == 1000
    assert all(int(float(number)) == number < 2**52 for number in numbers)
    assert number_of("a1#V1") == 1276862660065175  # exports of last year are still joined


def test_a_story_is_one_line_and_each_of_its_reports_a_mention(tmp_path: Path) -> None:
    story = Story("a1#V1", reports=2, articles=2, sources=1)
    options = Options(stories=lambda article: {"V1": story} if article in ("a1", "a9") else {})
    records = [sides(), record("a9"), empty()]
    events = rows("gdelt", tmp_path, records, options)
    assert [(row["NumMentions"], row["NumSources"], row["NumArticles"]) for row in events] == [("2", "1", "2")]
    mentions = rows("gdelt-mentions", tmp_path, records, options)
    assert [row["GlobalEventID"] for row in mentions] == [events[0]["GlobalEventID"]] * 2


def test_mentions_point_at_their_words(tmp_path: Path) -> None:
    text = sides()["document"]["text"]
    accused, attacked = rows("gdelt-mentions", tmp_path, [sides()])
    assert text[int(attacked["ActionCharOffset"]) :].startswith("هاجمت")
    assert text[int(attacked["Actor1CharOffset"]) :].startswith("جبهة الوادي هاجمت")
    assert (accused["SentenceID"], attacked["SentenceID"]) == ("1", "2")
    assert (accused["Extras"], attacked["Extras"]) == ("", "claimed")
    assert int(attacked["MentionDocLen"]) == len(text)
    assert attacked["MentionIdentifier"] == rows("gdelt", tmp_path, [sides()])[0]["SOURCEURL"]


@pytest.mark.parametrize("form", LAYOUTS)
def test_pandas_reads_every_layout(form: str, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    expected = rows(form, tmp_path, sample())
    header = 0 if form == "polecat" else None
    for quoting in (0, 3):  # whatever it takes for a quotation mark
        frame = pandas.read_csv(
            tmp_path / form, sep="\t", header=header, dtype=str, keep_default_na=False, quoting=quoting
        )
        assert frame.to_numpy().tolist() == [list(row.values()) for row in expected]
    if form == "gdelt":
        assert str(pandas.read_csv(tmp_path / form, sep="\t", header=None)[0].dtype) == "int64"


R = """
arguments <- commandArgs(TRUE)
for (quote in c("", "\\"", "\\"'")) {
  table <- read.delim(arguments[1], header = arguments[2] == "polecat", quote = quote, encoding = "UTF-8",
                      colClasses = "character", na.strings = character())
  cat(nrow(table), ncol(table), sum(nchar(as.matrix(table))), "\\n")
}
"""


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
@pytest.mark.parametrize("form", LAYOUTS)
def test_r_reads_every_layout(form: str, tmp_path: Path) -> None:
    expected = rows(form, tmp_path, sample())
    characters = sum(len(cell) for row in expected for cell in row.values())
    for line in run_r(R, tmp_path / form, Path(form)).splitlines():
        assert [*map(int, line.split())] == [7, len(LAYOUTS[form]), characters]


def test_flat_words_have_nothing_that_ends_a_field() -> None:
    assert flat(' أ\t\r\n"ب" \x00\u2028\x85ج\ud800 ') == "أ ”ب” ج"
    assert address("https://example.org/أ ب\t\"'<>\u2028x") == "https://example.org/أ%20ب%09%22%27%3C%3E%E2%80%A8x"
    assert address(None) == ""
