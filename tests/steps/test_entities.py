"""Which names are one: family names, the article, بن, not two people of one first name."""

import pytest

from masdar.steps.entities import is_same_name
from masdar.text.fold import fold_word
from masdar.types import EntityType

PERSON, BODY = EntityType.PERSON, EntityType.ORGANIZATION


@pytest.mark.parametrize(
    ("one", "other", "kind", "same"),
    [
        ("علي محمود عباس", "عباس", PERSON, True),
        ("علي محمود عباس", "علي عباس", PERSON, True),
        ("محمد بن سلمان", "محمد سلمان", PERSON, True),
        ("بشار الأسد", "أسد", PERSON, True),
        ("محمد باقري", "محمد باقر قاليباف", PERSON, False),
        ("محمد باقري", "بن", PERSON, False),  # half a name: no word of its own
        ("حسن نصر الله", "حسن روحاني", PERSON, False),
        ("الأمم المتحدة", "الامم المتحدة", BODY, True),
        ("وزارة الخارجية", "وزارة الخارجية الروسية", BODY, True),
        ("وزارة الخارجية", "وزارة الدفاع", BODY, False),
    ],
)
def test_same_name(one: str, other: str, kind: EntityType, same: bool) -> None:
    assert is_same_name(fold_word(one), fold_word(other), kind) is same
