"""The inline form of authored articles, and the corpus that ships."""

from pathlib import Path

import pytest

from training.authored import Reading

CORPUS = Path(__file__).parents[2] / "corpus" / "authored"
ARTICLE = """<article id="A0" published="2024-03-11" source="وكالة" manner="test">
<entity id="E1" type="PER" country="SYR" sectors="GOV">سامر</entity>
<text>
<zone kind="title">خبر</zone>
و<cue id="Q1" by="E1">قال</cue> <n e="E1">سامر</n> إن <c q="Q1">الوفد <ev id="V1" type="CONSULT" a="E1">وصل</ev></c>.
</text>
</article>"""


def reading(tmp_path: Path, article: str = ARTICLE) -> Reading:
    path = tmp_path / "a.xml"
    path.write_text(article, "utf-8")
    return Reading(path)


def test_offsets_point_at_the_words(tmp_path: Path) -> None:
    found = reading(tmp_path)
    assert found.problems == []
    kept = found.kept()
    assert kept["text"][slice(*kept["quotations"][0]["cue"])] == "قال"
    assert kept["text"][slice(*kept["quotations"][0]["contents"][0])] == "الوفد وصل"
    assert kept["events"][0]["claimed_in"] == "Q1"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('e="E1"', 'e="E7"', "E7 is no entity"),
        ('type="CONSULT"', 'type="MEET"', "type MEET"),
        ('type="CONSULT"', 'type="CONSULT" mode="meet"', "CONSULT has no mode meet"),
        ('<c q="Q1">', '<c q="Q2">', "unknown quotation"),
        ("<n e=", "<name e=", "unknown element"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, old: str, new: str, problem: str) -> None:
    article = ARTICLE.replace(old, new).replace("</n>", "</name>" if "<name" in new else "</n>")
    assert any(problem in p for p in reading(tmp_path, article).problems)


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.xml")), ids=lambda p: p.stem)
def test_authored_corpus_is_valid(path: Path) -> None:
    assert Reading(path).problems == []
