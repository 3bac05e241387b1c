"""Every entry of lexicons/times fires on its example, and its forms are well written."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from masdar.errors import LexiconError
from masdar.steps.times import find_times, load_time_words
from masdar.steps.times.words import ENTRIES, FOLDER, read_yaml
from masdar.text.fold import fold, fold_word

WORDS = load_time_words()
LEXICON: list[dict[str, Any]] = [entry for name in ENTRIES for entry in read_yaml(FOLDER / f"{name}.yml")["entries"]]
FORMS = [form for entry in LEXICON for form in entry["forms"]]


@pytest.mark.parametrize("entry", LEXICON, ids=lambda entry: f"{entry['kind']}-{entry['forms'][0]}")
def test_example_fires(entry: dict[str, Any]) -> None:
    text = re.sub("[<>]", "", entry["example"])
    found = [time.span for time in find_times(text, fold(text), WORDS, "2018-05-18")]
    answers = re.findall("<([^>]*)>", entry["example"])
    assert [text[span.start : span.end] for span in found] == answers
    assert any(form in text for form in entry["forms"])


DEICTIC: list[dict[str, Any]] = read_yaml(FOLDER / "deictic.yml")["entries"]


@pytest.mark.parametrize("entry", DEICTIC, ids=lambda entry: f"{entry['kind']}-{entry['forms'][0]}")
def test_adverb_is_found_where_asked_for_only(entry: dict[str, Any]) -> None:
    text = re.sub("[<>]", "", entry["example"])
    asked = find_times(text, fold(text), WORDS, "2018-05-18", deictic=True)
    found = [(text[time.span.start : time.span.end], time.value, time.kind) for time in asked]
    assert found == [(answer, None, "vague") for answer in re.findall("<([^>]*)>", entry["example"])]
    assert find_times(text, fold(text), WORDS, "2018-05-18") == ()


def test_adverb_before_another_word_is_none() -> None:
    text = "كان قريبا من المدينة أمس"
    found = find_times(text, fold(text), WORDS, "2018-05-18", deictic=True)
    assert [text[time.span.start : time.span.end] for time in found] == ["أمس"]


def test_forms_are_written_once() -> None:
    counts = Counter(map(fold_word, FORMS))
    assert [form for form, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("form", FORMS)
def test_form_is_plain(form: str) -> None:
    assert unicodedata.is_normalized("NFC", form)
    assert not re.search("[\u064b-\u0652\ufb50-\ufdff\ufe70-\ufeff]", form)


def test_malformed_entry_names_file_and_remedy(tmp_path: Path) -> None:
    (tmp_path / "calendar.yml").write_text("entries: [{kind: MOON, forms: [قمر]}]", "utf-8")
    with pytest.raises(LexiconError, match=r"calendar.yml.*needs forms and a kind"):
        load_time_words(tmp_path)


def test_missing_file_names_remedy(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="Restore it from git"):
        load_time_words(tmp_path)


def test_file_that_is_no_mapping(tmp_path: Path) -> None:
    (tmp_path / "calendar.yml").write_text("- قمر", "utf-8")
    with pytest.raises(LexiconError, match="must be a mapping"):
        load_time_words(tmp_path)
