"""Places: `[name]` is a place mention; then country, resolution, container or claimants."""

from __future__ import annotations

import re

import pytest

from masdar.gazetteer import Gazetteer
from masdar.steps.places import find_places
from masdar.text.fold import fold
from masdar.types import Doubt, EntityType, Form, Mention, Place, Provenance, Span

BRACKETS = re.compile(r"\[([^\]]+)\]")
RESOLVED = [
    ("وصل الوفد إلى [دمشق] أمس", "SYR city"),
    ("زار الوزير [الولايات المتحدة]", "USA country"),
    ("اجتماع في [طرابلس] اللبنانية", "LBN city"),
    ("اشتباكات في [طرابلس الليبية]", "LBY city"),
    ("حريق في [طرابلس]، شمال لبنان", "LBN city"),
    ("حكومة الوفاق الليبية تعود إلى [طرابلس]", "LBY city"),
    ("قال الجيش اللبناني إن دورية في [طرابلس] أوقفت لبنانيا", "LBN city"),
    ("محافظ [محافظة إدلب] يستقيل", "SYR province"),
    ("سكان محافظة [إدلب] ينزحون", "SYR province"),
    ("غارات على [جنوب غرب درعا]", "SYR area درعا"),
    ("معارك في [ريف حلب الشمالي]", "SYR area حلب"),
    ("قصف [الأراضي السورية]", "SYR area سوريا"),
    ("أقلعت من [مطار بيروت الدولي]", "LBN city"),
    ("سلطان [عُمان] يستقبل الوفد", "OMN country"),
    ("وصل إلى [عمّان] صباحا", "JOR city"),
    ("أعلنت الحكومة الأردنية في [عمان] أن الملك الأردني عاد", "JOR city"),
    ("سلطنة [عمان] تدعو إلى الحوار", "OMN country"),
    ("انفجار [وبغداد] تتهم", "IRQ city"),
    ("عاد أهالي درنة الليبية [وطبرق] أمس", "LBY city"),
    ("[كوريا] الجنوبية تحتج", "KOR country"),
    ("احتشدوا على [الحدود السورية التركية]", "None area"),
    ("وصل إلى [العاصمة الليبية]", "LBY city"),
    ("شرطة محافظة [الطائف] تحقق", "SAU province"),
    ("وسم #[الأراضي_السورية] يتصدر", "SYR area سوريا"),
    (
        "فاز مرشح الجمهوريين الأمريكيين في [جورجيا]، وقال الرئيس الأمريكي إن أمريكا "
        "والأمريكيين مع المرشح الأمريكي، وفي واشنطن رحب الكونغرس الأمريكي",
        "USA province",
    ),
    ("القوات الروسية قرب حدود [جورجيا]", "GEO country"),
    ("زار [القدس] أمس", "None city ISR PSE"),
    ("قصف [الجولان] أمس", "None area ISR SYR"),
]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """The base that ships."""
    return Gazetteer.load()


def find(marked: str, gazetteer: Gazetteer) -> list[Place]:
    """The places of the bracketed names."""
    text, mentions, removed = BRACKETS.sub(r"\1", marked), [], 0
    for match in BRACKETS.finditer(marked):
        span = Span(match.start() - removed, match.end() - removed - 2)
        mentions.append(Mention(span, Provenance("test"), EntityType.STATE, Form.NAME))
        removed += 2
    return list(find_places(mentions, text, fold(text), gazetteer))


@pytest.mark.parametrize(("marked", "expected"), RESOLVED)
def test_place(marked: str, expected: str, gazetteer: Gazetteer) -> None:
    place = find(marked, gazetteer)[0]
    country, resolution, *rest = expected.split()
    assert (str(place.country), place.resolution) == (country, resolution)
    assert place.lat is not None
    if place.claimed_by or (resolution == "area" and rest):
        assert list(place.claimed_by or [place.within]) == rest


def test_unknown_place_keeps_its_container(gazetteer: Gazetteer) -> None:
    place, _ = find("قصف على [كفر زوزوقا] بريف [إدلب]", gazetteer)
    assert (place.lat, place.country, place.within) == (None, None, "إدلب")
    assert place.provenance.doubts == (Doubt.UNKNOWN_PLACE,)


@pytest.mark.parametrize(
    "marked",
    [
        "هدم الجنود الأميركيون [بيوتاً] في القرية",  # houses, not in Utah
        "هدم الجنود الأميركيون [بيوتا] في القرية",
        "انتخابات في [ولاية] واحدة",  # a state, and not Lae
        "وصلوا [لمدينة] كبيرة",  # to a city, not to Medina
    ],
)
def test_common_word_is_no_particle_and_place(marked: str, gazetteer: Gazetteer) -> None:
    assert find(marked, gazetteer)[0].lat is None


def test_village_of_a_country_that_is_not_spoken_of_is_unknown(gazetteer: Gazetteer) -> None:
    assert find("مظاهرة في [الأولى] أمس", gazetteer)[0].lat is None


def test_two_places_of_one_name_are_a_doubt(gazetteer: Gazetteer) -> None:
    place = find("قال شهود في [طرابلس] إنهم رأوا دخانا", gazetteer)[0]
    assert place.provenance.doubts == (Doubt.SEVERAL_PLACES,)


def test_only_names_of_places_are_resolved(gazetteer: Gazetteer) -> None:
    text, span, made = "دمشق", Span(0, 4), Provenance("test")
    mentions = [
        Mention(span, made, EntityType.PERSON, Form.NAME),
        Mention(span, made, EntityType.STATE, Form.DEMONYM),
    ]
    assert find_places(mentions, text, fold(text), gazetteer) == ()
