"""Two readers set against each other: the first one's work may be an annotation or what the corpus keeps."""

from __future__ import annotations

import json
from pathlib import Path

from training.agreement import first_reading

TEXT = "عنوان\nقال سامر الحلبي إن الهدنة قائمة."  # a title; Samer al-Halabi said that the truce holds
WRITTEN = "E1 PER SYR CVL | سامر الحلبي\nQ1 assert | [قال] سامر | E1 | سامر الحلبي | الهدنة قائمة\n"


def test_first_reading_is_what_the_corpus_keeps_or_an_annotation(tmp_path: Path) -> None:
    article = {"id": "A1", "text": TEXT, "title": None, "published": None, "file": "made"}
    (tmp_path / "A1.json").write_text(json.dumps(article), "utf-8")
    (tmp_path / "ann").mkdir()
    (tmp_path / "ann" / "A1.ann").write_text(WRITTEN, "utf-8")
    read = first_reading(tmp_path, tmp_path / "ann", "A1")
    assert read is not None
    assert [q["speakers"] for q in read["quotations"]] == [["E1"]]
    assert first_reading(tmp_path, tmp_path, "A1") == article  # JSON is taken as it is
    assert first_reading(tmp_path, tmp_path / "ann", "A2") is None
