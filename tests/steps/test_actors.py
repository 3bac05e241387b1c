"""Coding of actors, on the project's base and words and a gazetteer of five countries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from masdar.actors import ActorBase, KnownActor, Office, by_form
from masdar.steps.actors import ActorContext, candidates, code_entities, country_of_scene
from masdar.types import Entity, EntityType, Form, Mention, Place, Provenance, Role, Span

BASE = ActorBase.load()
PROVENANCE = Provenance("test")


@dataclass(frozen=True)
class Town:
    country: str | None
    kind: str = "city"


COUNTRIES = {"جورجيا": "GEO", "بورتوريكو": "PRI", "سوريا": "SYR", "العراق": "IRQ", "باراغواي": "PRY", "لبنان": "LBN"}
DEMONYMS = {
    "السوري": "SYR", "سوري": "SYR", "سوريه": "SYR", "عراقيون": "IRQ", "العراقي": "IRQ",
    "العراقيه": "IRQ", "الروسي": "RUS", "الروسيه": "RUS", "اردنيين": "JOR", "المصري": "EGY",
    "لبناني": "LBN", "الالمانيه": "DEU", "الاميركي": "USA",
}  # fmt: skip
TOWNS = {
    "برلين": (Town("DEU"),),
    "حمص": (Town("SYR"),),
    "جورجيا": (Town("GEO", "country"), Town("USA", "division")),
}


class Atlas:
    """A gazetteer of a few countries."""

    def find_country(self, folded: str) -> str | None:
        return COUNTRIES.get(folded)

    def find_demonym(self, folded: str) -> str | None:
        return DEMONYMS.get(folded)

    def lookup(self, folded_name: str) -> Sequence[Town]:
        return TOWNS.get(folded_name, ())


def entity(type: str, words: str, text: str | None = None, form: Form = Form.NAME) -> Entity:
    start = (text or words).index(words)
    span = Span(start, start + len(words))
    mention = Mention(span, PROVENANCE, EntityType(type), form)
    return Entity("E1", EntityType(type), words, (mention,))


def coded(given: Entity, text: str, published: str | None = None, base: ActorBase = BASE) -> Entity:
    return code_entities([given], ActorContext(text, base, Atlas(), published))[0]


def place(words: str, text: str, country: str | None, resolution: str) -> Place:
    start = text.index(words)
    return Place(Span(start, start + len(words)), PROVENANCE, None, 0.0, 0.0, country, None, resolution)


def code(given: Entity) -> str:
    return " ".join((given.country or "-", *given.sectors))


BODIES = [
    ("ORG", "متظاهرون عراقيون", "IRQ CVL"),
    ("ORG", "فصائل معارضة سورية", "SYR REB"),
    ("ORG", "قوات سوريا الديمقراطية", "SYR REB"),
    ("ORG", "التحالف بقيادة واشنطن", "USA MIL"),
    ("ORG", "حزب الله", "LBN REB PTY"),
    ("ORG", "تنظيم داعش", "IMG REB"),
    ("ORG", "الأمم المتحدة", "UNO IGO"),
    ("ORG", "وزارة الخارجية الروسية", "RUS GOV"),
    ("ORG", "وزارة الدفاع الروسية", "RUS GOV MIL"),
    ("ORG", "المحكمة الفيدرالية في برلين", "DEU JUD"),
    ("ORG", "الحرس الوطني في ولاية جورجيا", "USA MIL"),
    ("ORG", "الحرس الوطني في بورتوريكو", "USA MIL"),
    ("ORG", "ثلاث شركات ألمانية", "- BUS"),  # the atlas knows الألمانية only
    ("ORG", "الشركات الألمانية", "DEU BUS"),
    ("ORG", "مسلحون مجهولون", "- UAF"),
    ("ORG", "قيادات حركة حماس", "PSE REB PTY"),
    ("ORG", "صحيفة الحياة", "GBR JRN"),
    ("ORG", "وحماس", "PSE REB PTY"),
    ("ORG", "القوات العراقية", "IRQ MIL"),  # not the channel العراقية
    ("ORG", "الدفاع العراقية", "IRQ MIL"),
    ("ORG", "لاجئون", "- REF"),
    ("ORG", "تسعة أردنيين", "JOR CVL"),
    ("ORG", "دول عدة", "- GOV"),
    ("ORG", "مطلعون على الأمر", "-"),
    ("GPE", "سوريا", "SYR GOV"),
    ("GPE", "حمص", "SYR"),
    ("GPE", "بورتوريكو", "USA GOV"),
    ("GPE", "أرض الصومال", "SOM PRE"),
    ("GPE", "بلدة مجهولة", "-"),
    ("FAC", "جسر المدينة", "-"),
]


@pytest.mark.parametrize(("type", "words", "expected"), BODIES)
def test_body_is_coded_by_its_words(type: str, words: str, expected: str) -> None:
    assert code(coded(entity(type, words), words)) == expected


PEOPLE = [
    ("وزير الدفاع السوري", "SYR GOV MIL"),
    ("السفير الروسي لدى سوريا", "RUS GOV"),
    ("المبعوث الأممي إلى سوريا", "UNO GOV IGO"),
    ("المتحدث باسم البيت الأبيض", "USA GOV"),
    ("المتحدث باسم الجيش العراقي", "IRQ MIL"),
    ("قائد لواء سوري", "SYR MIL"),
    ("رئيس باراغواي", "PRY GOV"),
    ("رئيس الحزب المصري الجديد", "EGY PTY"),
    ("النائب الأول للرئيس العراقي", "IRQ GOV"),
    ("نائب لبناني", "LBN LEG"),
    ("عضو في المكتب السياسي لحركة حماس", "PSE REB PTY"),
    ("مصدر طبي", "- MED"),
    ("قيادي بارز في حماس", "PSE REB PTY"),
    ("منسق حملة فتح المعابر", "-"),  # the opening of crossings, not the party
    ("مصدر في وزارة الداخلية العراقية", "IRQ GOV COP"),
    ("محلل", "-"),
]


@pytest.mark.parametrize(("title", "expected"), PEOPLE)
def test_person_is_coded_by_office(title: str, expected: str) -> None:
    given = replace(entity("PER", "سالم الطويل"), roles=(Role(title),))
    assert code(coded(given, "سالم الطويل")) == expected


@pytest.mark.parametrize(("title", "expected"), PEOPLE)
def test_unnamed_person_is_coded_by_description(title: str, expected: str) -> None:
    assert code(coded(entity("PER", title, form=Form.NOMINAL), title)) == expected


BEFORE = [
    ("قال وزير النفط العراقي سالم الطويل إن", "IRQ GOV"),
    ("وأعلن المتحدث باسم الشرطة العراقي سالم الطويل", "IRQ COP"),
    ("قتل جندي قرب منزل سالم الطويل", "-"),  # the soldier is someone else
    ("التقى الوزير. سالم الطويل غاب", "-"),
]


@pytest.mark.parametrize(("text", "expected"), BEFORE)
def test_office_before_the_name(text: str, expected: str) -> None:
    assert code(coded(entity("PER", "سالم الطويل", text), text)) == expected


def test_place_named_nearby_tells_whose_a_group_is() -> None:
    text = "في العراق والعراق\nقصف حمص فرد مسلحو المعارضة"
    town, group = entity("GPE", "حمص", text), replace(entity("ORG", "مسلحو المعارضة", text), id="E2")
    assert code(code_entities([town, group], ActorContext(text, BASE, Atlas()))[1]) == "SYR REB"


DECIDED = [
    ("سوريا", "GEO", "city", "GEO"),  # a town of the state's name, in another state
    ("سوريا", "SYR", "country", "SYR GOV"),
    ("سوريا", "SYR", "city", "SYR GOV"),  # a town of the state's name, in it
    ("سوريا", "LBN", "country", "LBN GOV"),  # part of a longer name: [كوريا] الشمالية
    ("حمص", "LBN", "city", "LBN"),
    ("حمص", None, "city", "-"),  # in dispute
    ("وحمص", "SYR", "city", "SYR"),
]


@pytest.mark.parametrize(("words", "country", "resolution", "expected"), DECIDED)
def test_place_is_coded_as_the_places_step_found_it(
    words: str, country: str | None, resolution: str, expected: str
) -> None:
    context = ActorContext(words, BASE, Atlas(), places=(place(words, words, country, resolution),))
    assert code(code_entities([entity("GPE", words)], context)[0]) == expected


NAMESAKES = [
    ("وزير الصحة العراقي", "2025-02-01", "IRQ GOV MED"),  # not the Syrian of this name
    ("رئيس الحكومة السوري", "2025-02-01", "SYR GOV"),
    ("طالب", "2012-02-01", "- EDU"),  # long before he was known
]


@pytest.mark.parametrize(("title", "published", "expected"), NAMESAKES)
def test_namesake_of_a_known_actor(title: str, published: str, expected: str) -> None:
    given = replace(entity("PER", "محمد البشير"), roles=(Role(title),))
    assert code(coded(given, "محمد البشير", published)) == expected


def test_rank_makes_a_soldier() -> None:
    given = replace(entity("PER", "سالم الطويل"), rank="العميد الركن")
    assert code(coded(given, "سالم الطويل")) == "- MIL"


CONTEXT = [
    ("ناقش نواب في العراق الأمر وقال البرلمان", "البرلمان", "IRQ LEG"),
    ("في لبنان\nوقال البرلمان إن سوريا وسوريا", "البرلمان", "SYR LEG"),  # most named
    ("وقال البرلمان إن فرنسا وألمانيا أدانتا", "البرلمان", "- LEG"),  # two named as often decide nothing
    ("في لبنان ردت الدول الغربية", "الدول الغربية", "- GOV"),
    ("في لبنان نشرت صحيفة", "صحيفة", "- JRN"),
    ("وقال البرلمان", "البرلمان", "- LEG"),
]


@pytest.mark.parametrize(("text", "words", "expected"), CONTEXT)
def test_country_left_unsaid_is_that_of_the_context(text: str, words: str, expected: str) -> None:
    assert code(coded(entity("ORG", words, text), text)) == expected


def minister(name: str, country: str, start: str, end: str) -> KnownActor:
    offices = (Office("وزير", start, end),)
    return KnownActor(name, (name,), EntityType.PERSON, name, country, ("GOV",), None, offices)


TWO = ActorBase(
    by_form(
        [minister("علي النجار", "SYR", "2001-01", "2005-12"),
         minister("علي النجار", "IRQ", "2010-01", ""),
         minister("رامز العبد", "IRQ", "2010-01", "2012-12")]
    ),
    BASE.roles,
)  # fmt: skip


@pytest.mark.parametrize(
    ("published", "expected"),
    [("2003-05-01", "SYR GOV"), ("2015-05-01", "IRQ GOV"), (None, "SYR GOV")],
)
def test_date_of_office_tells_namesakes_apart(published: str | None, expected: str) -> None:
    given = entity("PER", "علي النجار")
    assert code(coded(given, "علي النجار", published, TWO)) == expected


def test_country_of_the_role_tells_namesakes_apart() -> None:
    given = replace(entity("PER", "علي النجار"), roles=(Role("الوزير العراقي"),))
    assert code(coded(given, "علي النجار", base=TWO)) == "IRQ GOV"


def test_family_name_with_a_country() -> None:
    given = replace(entity("PER", "العبد"), roles=(Role("الوزير العراقي"),))
    result = coded(given, "العبد", "2011-01-01", TWO)
    assert (code(result), result.name_latin) == ("IRQ GOV", "رامز العبد")


def test_who_has_left_office_is_of_the_elite() -> None:
    given = entity("PER", "رامز العبد")
    result = coded(given, "رامز العبد", "2019-01-01", TWO)
    assert code(result) == "IRQ ELI"


def test_known_actor_brings_name_and_identifier() -> None:
    result = coded(entity("PER", "ترمب"), "ترمب", "2018-03-01")
    assert (result.country, result.name_latin, result.wikidata) == ("USA", "Donald Trump", "Q22686")


def test_what_the_entity_has_already_is_kept() -> None:
    given = replace(entity("GPE", "حمص"), country="LBN")
    assert coded(given, "حمص").country == "LBN"


def test_candidates_are_ranked() -> None:
    given = replace(entity("PER", "ترامب"), roles=(Role("الرئيس الأميركي"),))
    ranked = candidates(given, ActorContext("ترامب", BASE, Atlas()))
    assert [candidate.rule for candidate in ranked[:2]] == ["known_actor", "role_of_person"]
    assert ranked[0].score > ranked[1].score


def test_word_behind_a_cut_short_body_says_whose_it_is() -> None:
    text = "قال المتحدث باسم النظام السوري إن المعبر مغلق"
    assert code(coded(entity("ORG", "النظام", text), text)).startswith("SYR")


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        ("شاب في العشرين", "احتج شاب في العشرين في حمص ثم غادر حمص إلى سوريا.", "SYR"),  # a young man, in Homs
        ("وسائل إعلام", "قالت وسائل إعلام إن حمص هادئة وإن حمص آمنة في سوريا.", "-"),  # the press may be anybody's
        (
            "شاب في العشرين",
            "احتج شاب في العشرين في حمص ثم غادر إلى برلين وعاد إلى حمص ثم إلى برلين.",
            "-",
        ),  # two countries
        ("شاب في العشرين", "احتج شاب في العشرين في حمص وحدها.", "-"),  # one mention makes no scene
    ],
)
def test_who_has_no_country_is_of_the_scene(words: str, text: str, expected: str) -> None:
    happens = tuple("DEU" if m == "برلين" else "SYR" for m in ("حمص", "برلين", "سوريا") for _ in range(text.count(m)))
    context = ActorContext(text, BASE, Atlas(), happens=happens)
    person = "ORG" if "إعلام" in words else "PER"
    found = country_of_scene(entity(person, words, text, Form.NOMINAL), context)
    assert (found.country if found else "-") == expected


def test_body_read_as_a_place_is_a_body() -> None:
    taliban = coded(entity("GPE", "طالبان"), "طالبان")
    assert (taliban.type, taliban.country) == (EntityType.ORGANIZATION, "AFG")
    assert taliban.sectors


def test_a_place_that_is_somewhere_stays_a_place() -> None:
    assert coded(entity("GPE", "حمص"), "حمص").type is EntityType.STATE
