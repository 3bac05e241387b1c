"""Which names are one: family names, the article, بن, not two people of one first name."""

import pytest

from masdar.steps.entities import Gathering, Known, find_duals, load_entity_words
from masdar.steps.entities.names import is_same_name
from masdar.steps.tokens import find_tokens
from masdar.text.fold import fold, fold_word
from masdar.types import Entity, EntityType, Form, Mention, Provenance, Span

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


def entity(name: str, type: EntityType, *spans: tuple[int, int], form: Form = Form.NAME) -> Entity:
    mentions = tuple(Mention(Span(*span), Provenance("test"), type, form) for span in spans)
    return Entity(name, type, name, mentions)


def test_dual_stands_for_the_two_named_before() -> None:
    text = "التقى سامر في بغداد نظيره حيدر. وقال الوزيران إن الحوار بناء."
    at = text.index
    people = [
        entity("E1", PERSON, (at("سامر"), at("سامر") + 4)),
        entity("E2", EntityType.STATE, (at("بغداد"), at("بغداد") + 5)),
        entity("E3", PERSON, (at("حيدر"), at("حيدر") + 4)),
        entity("E4", PERSON, (at("الوزيران"), at("الوزيران") + 8), form=Form.NOMINAL),
    ]
    words = load_entity_words()
    assert find_duals(text, people, words) == {"E4": ("E1", "E3")}
    assert find_duals(text, people[1:], words) == {}  # one person alone is no pair


class Atlas:
    """One country."""

    def find_country(self, folded: str) -> str | None:
        return {"لبنان": "LBN"}.get(folded)

    def find_demonym(self, folded: str) -> str | None:
        return None

    def country_name(self, iso3: str) -> str:
        return iso3


@pytest.mark.parametrize(
    ("text", "span", "kind", "expected"),
    [
        ("تقرير للأمم المتحدة", "لأمم المتحدة", BODY, "الأمم المتحدة"),  # a report of the United Nations
        ("دعم للبنان", "لبنان", EntityType.STATE, "لبنان"),  # support for Lebanon: its own ل
        ("تصريح للافروف", "لافروف", PERSON, "لافروف"),  # a statement of Lavrov
        ("رسالة للأسد، وكان الأسد غائباً", "لأسد", PERSON, "الأسد"),  # the text writes him with the article
        ("لقاء لأحمد", "أحمد", PERSON, "أحمد"),
    ],
)
def test_article_swallowed_by_a_particle_is_given_back(text: str, span: str, kind: EntityType, expected: str) -> None:
    start = text.index(span)
    mention = Mention(Span(start, start + len(span)), Provenance("test"), kind, Form.NAME)
    known = Known(Atlas(), load_entity_words())
    gathering = Gathering(text, find_tokens(text, fold(text)), None, known)  # type: ignore[arg-type]
    assert gathering.words_of(mention) == expected
