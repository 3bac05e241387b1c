"""What is exact in quotations: trimming of contents, kinds by marks, repeats. Notation: `[given]`, `<expected>`."""

import pytest
import yaml

from masdar.steps.quotations import LEXICON, is_repeat, kind_of, load_stances, trimmed
from masdar.text.fold import fold_word
from masdar.text.quotes import pair_marks
from masdar.types import Provenance, Quotation, QuotationKind, Span, Stance

TRIMMED = [
    "قال الوزير: [«<نرفض التدخل>»].",
    "قال الوزير [إن <الوفد سيصل غدا>.]",
    'أكد أنها ["<لن تتراجع>"،]',
    'وصف القرار [<بأنه "خطأ" كبير>]',
    "قالت [أنه <سيعود>؛]",
    "قال [“<نعم>”]",
]


def parts(source: str) -> tuple[str, Span, str]:
    """The text without notation, the given span and the expected words."""
    given = Span(source.index("["), source.index("]"))
    inner = source[given.start + 1 : given.end]
    words = inner[inner.index("<") + 1 : inner.index(">")]
    clean = inner.replace("<", "").replace(">", "")
    text = source[: given.start] + clean + source[given.end + 1 :]
    return text, Span(given.start, given.start + len(clean)), words


@pytest.mark.parametrize("source", TRIMMED)
def test_content_is_trimmed(source: str) -> None:
    text, span, words = parts(source)
    if words.startswith("بأنه"):
        words = words.removeprefix("بأنه ")
    start, end = trimmed(text, span, pair_marks(text))
    assert text[start:end] == words


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("قال: «[نرفض التدخل]»", QuotationKind.DIRECT),
        ("قال إن [الوفد وصل]", QuotationKind.INDIRECT),
        ("قال إن [حركة «النهضة» وصلت]", QuotationKind.INDIRECT),
        ("قال إن [القرار «لن يغير شيئا في الموقف» الرسمي]", QuotationKind.MIXED),
    ],
)
def test_kind_follows_the_marks(source: str, kind: QuotationKind) -> None:
    span = Span(source.index("["), source.index("]") - 1)
    text = source.replace("[", "").replace("]", "")
    assert kind_of([span], pair_marks(text), text) is kind


def test_second_attribution_of_the_same_words_is_a_repeat() -> None:
    def said(start: int, end: int) -> Quotation:
        span = Span(start, end)
        return Quotation(span, Provenance("test"), "Q", QuotationKind.INDIRECT, None, (span,))

    assert is_repeat(said(10, 60), said(12, 60))
    assert not is_repeat(said(10, 60), said(40, 90))


def test_stance_words_are_folded_once_and_agree() -> None:
    found = load_stances()
    assert found["نفي"] is Stance.DENY
    assert found["مطالبا"] is Stance.DEMAND
    page = yaml.safe_load(LEXICON.read_text("utf-8"))["stances"]
    forms = [fold_word(form) for listed in page.values() for form in listed]
    assert len(forms) == len(set(forms))  # no cue has two stances
