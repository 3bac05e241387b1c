"""Fictional Arabic articles with their records: any number, always the same for the same number.

Countries, bodies, people and places are invented; sentences are put together from patterns, and what stands in them is
known, so that each record says exactly what its text says. About one story in three is told by several outlets.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.store.records import Json, date, entity, event, place, quotation, words

OUTLETS = ("وكالة الساحل", "صحيفة المرفأ", "قناة الهضبة", "شبكة الوادي", "موقع المنارة")
# invented states: name, demonym, code (of the user-assigned range of ISO 3166)
STATES = (
    ("سهلستان", "السهلستاني", "XAA"),
    ("ريفانيا", "الريفاني", "XBB"),
    ("بحرستان", "البحرستاني", "XCC"),
    ("جبالستان", "الجبالستاني", "XDD"),
)
CITIES = (
    ("مدينة النخيل", 33.1, 40.2, 0),
    ("مدينة المرسى", 34.5, 36.1, 2),
    ("بلدة العين الزرقاء", 35.2, 38.7, 0),
    ("مدينة القلعة", 36.4, 41.0, 3),
    ("بلدة وادي الرمان", 32.8, 39.3, 1),
    ("مدينة الجسر", 33.9, 42.4, 1),
)
FIRSTS = ("نادر", "سليم", "هالة", "مروان", "ليلى", "فارس", "رنا", "ياسر", "سمر", "بشير")
LASTS = ("الهضيبي", "المرساوي", "النخلاوي", "الجسراني", "القلعاني", "الرماني", "العيناوي")
OFFICES = ("وزير الخارجية", "وزير الدفاع", "وزيرة الإعلام", "رئيس هيئة الحوار", "الناطق باسم الحكومة")
GROUPS = ("كتائب الوادي", "جبهة الهضبة", "لواء المنارة")
SAYINGS = (
    ("assert", "قال", "الحوار مستمر ولن يتوقف قبل التوصل إلى اتفاق شامل"),
    ("deny", "نفى", "صحة ما نشر عن انسحاب الوفد من المفاوضات"),
    ("accuse", "اتهم", "الطرف الآخر بعرقلة وصول المساعدات إلى البلدات المحاصرة"),
    ("demand", "طالب", "بفتح الطرق أمام القوافل من غير شروط"),
    ("threaten", "هدد", "باتخاذ إجراءات قاسية إذا تكررت الخروق"),
    ("promise", "تعهد", "بإعادة بناء الجسر قبل نهاية العام"),
    ("praise", "أشاد", "بجهود الوسطاء في تقريب وجهات النظر"),
)
# type, mode, verb, whether it has a recipient, what stands after the recipient or verb
ACTS = (
    ("ASSAULT", "aerial", "قصفت", True, "بالطائرات المسيرة"),
    ("CONSULT", "visit", "زارت", True, "لبحث ملف الحدود"),
    ("AID", None, "ساعدت", True, "بقافلة من الأدوية والأغذية"),
    ("SANCTION", None, "قاطعت", True, "احتجاجا على التصعيد"),
    ("PROTEST", "demo", "تظاهرت", False, "احتجاجا على ارتفاع الأسعار"),
    ("MOBILIZE", "troops", "حشدت", False, "قوات قرب المعبر"),
)
DAYS = ("الإثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
FIRST_DAY = dt.date(2031, 3, 3)
MADE_BY = {"program": "masdar test", "model": "model-1", "gazetteer": "places-1"}


@dataclass(slots=True)
class Story:
    """What several articles may tell: an act by a body of a state, and what an official says of it."""

    number: int
    day: dt.date
    actor: int
    recipient: int
    city: int
    act: int
    saying: int
    person: str
    office: str


@dataclass(slots=True)
class Telling:
    """A text being put together, and where its words are."""

    text: str = ""
    found: dict[str, list[Json]] = field(default_factory=dict)

    def add(self, piece: str, name: str | None = None, form: str = "name") -> Json:
        """Append a piece; under a name it is remembered as a mention."""
        start = len(self.text)
        self.text += piece
        at = {"start": start, "end": len(self.text), "text": piece}
        if name is not None:
            self.found.setdefault(name, []).append({**at, "form": form})
        return at


def story(number: int) -> Story:
    """The nth story."""
    chance = random.Random(number)
    actor, recipient = chance.sample(range(len(STATES)), 2)
    return Story(
        number,
        FIRST_DAY + dt.timedelta(days=number // 3),
        actor,
        recipient,
        chance.randrange(len(CITIES)),
        chance.randrange(len(ACTS)),
        chance.randrange(len(SAYINGS)),
        f"{chance.choice(FIRSTS)} {chance.choice(LASTS)}",
        chance.choice(OFFICES),
    )


def told(told: Story, outlet: int) -> Json:
    """The record of a story as one outlet tells it."""
    type, mode, verb, has_recipient, rest = ACTS[told.act]
    stance, cue_word, content_words = SAYINGS[told.saying]
    state, other, city = STATES[told.actor], STATES[told.recipient], CITIES[told.city]
    is_claimed = (told.number + outlet) % 3 == 0
    telling = Telling()
    title_end = len(f"{state[0]} و{other[0]}: تطورات في {city[0]}")
    telling.add(state[0], "state")
    telling.add(" و")
    telling.add(other[0], "other")
    telling.add(": تطورات في ")
    in_title = telling.add(city[0], "city")
    telling.add(f"\n{OUTLETS[outlet]}\n")
    body = len(telling.text)
    # first sentence: the act, told or claimed
    claim: Json | None = None
    source_cue: Json | None = None
    if is_claimed:
        source_cue = telling.add("أعلنت")
        telling.add(" ")
        telling.add(GROUPS[told.number % len(GROUPS)], "group")
        telling.add(" أن ")
    claim_start = len(telling.text)
    telling.add("قوات " if type == "ASSAULT" else "حكومة ")
    telling.add(state[0], "state")
    telling.add(" ")
    trigger = telling.add(verb)
    if has_recipient:
        telling.add(" ")
        telling.add(other[0], "other")
    telling.add(f" {rest} في ")
    happened = telling.add(city[0], "city")
    telling.add(" يوم ")
    day = telling.add(DAYS[told.day.weekday()])
    if is_claimed:
        claim = {"start": claim_start, "end": len(telling.text), "text": telling.text[claim_start:]}
    telling.add(".\n")
    # second sentence: what an official says
    cue = telling.add(cue_word)
    telling.add(" ")
    telling.add(f"{told.office} {state[1]}", "person", "nominal")
    telling.add(" ")
    speaker = telling.add(told.person, "person")
    telling.add(" أن «" if stance == "assert" else " «")
    content = telling.add(content_words)
    telling.add("»")
    telling.add(f"، بحسب ما نقلت {OUTLETS[outlet]}." if outlet % 2 else ".")
    telling.add(f"\nوكانت {other[0]} شهدت في الأسابيع الماضية خلافات مع جارتها حول المعابر والمياه.\n")
    end = len(telling.text)
    telling.add(f"اقرأ أيضا: ملف خاص عن {city[0]}\nحمّل تطبيق {OUTLETS[outlet]} على هاتفك")
    return record(told, outlet, telling, locals())


def record(told: Story, outlet: int, telling: Telling, at: dict[str, Any]) -> Json:
    """The record in the form of docs/record.md."""
    state, other, city = STATES[told.actor], STATES[told.recipient], CITIES[told.city]
    type, mode, _, has_recipient, _ = ACTS[told.act]
    stance = SAYINGS[told.saying][0]
    text = telling.text
    ids = {name: f"E{n}" for n, name in enumerate(telling.found, 1)}
    role = {"title": told.office, "organization": None, "country": state[2]}
    kinds: dict[str, tuple[str, str, Json]] = {
        "state": ("GPE", state[0], {"country": state[2], "sectors": ["GOV"]}),
        "other": ("GPE", other[0], {"country": other[2], "sectors": ["GOV"]}),
        "city": ("GPE", city[0], {"country": STATES[city[3]][2]}),
        "group": ("ORG", GROUPS[told.number % len(GROUPS)], {"country": other[2], "sectors": ["REB"]}),
        "person": ("PER", told.person, {"country": state[2], "sectors": ["GOV"], "roles": [role]}),
    }
    entities = [entity(ids[n], kinds[n][0], kinds[n][1], telling.found[n], **kinds[n][2]) for n in telling.found]
    quotations = []
    if at["claim"]:
        quotations.append(
            quotation(
                "Q1", [at["claim"]], [ids["group"]], cue=at["source_cue"],
                speaker_span={k: v for k, v in telling.found["group"][0].items() if k != "form"}, confidence=0.71,
            )
        )  # fmt: skip
    number = len(quotations) + 1
    quotations.append(
        quotation(
            f"Q{number}", [at["content"]], [ids["person"]], cue=at["cue"], speaker_span=at["speaker"],
            stance=stance, kind="direct", confidence=0.96,
        )
    )  # fmt: skip
    acted = event(
        "V1", type, at["trigger"], [ids["state"]], [ids["other"]] if has_recipient else [],
        modes=[mode] if mode else [], contexts=["military"] if type in ("ASSAULT", "MOBILIZE") else ["diplomatic"],
        places=["P2"], date="T1", claimed_in="Q1" if at["claim"] else None,
    )  # fmt: skip
    events = [acted]
    if stance in ("accuse", "demand", "threaten"):
        kind = {"accuse": "ACCUSE", "demand": "REQUEST", "threaten": "THREATEN"}[stance]
        events.append(event("V2", kind, at["cue"], [ids["person"]], [ids["other"]]))
    located = {"entity": ids["city"], "country": STATES[city[3]][2], "lat": city[1], "lon": city[2],
               "resolution": "city", "geonameid": 900000 + told.city}  # fmt: skip
    value = told.day.isoformat()
    title = text[: at["title_end"]]
    byline = len(title) + 1 + len(OUTLETS[outlet])
    ends = [("title", len(title)), ("byline", byline), ("body", at["end"] - 1), ("boilerplate", len(text))]
    starts = [0, len(title) + 1, at["body"], at["end"]]
    return {
        "schema": "masdar/record/1",
        "document": {
            "id": f"story-{told.number}-{outlet}",
            "title": title,
            "text": text,
            "published": f"{value}T{8 + outlet:02d}:30:00+03:00",
            "source": OUTLETS[outlet],
            "url": f"https://example.org/{outlet}/{told.number}",
            "language": "ar",
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
            "zones": [{"kind": k, "start": s, "end": e} for s, (k, e) in zip(starts, ends, strict=True)],
        },
        "entities": entities,
        "quotations": quotations,
        "events": events,
        "places": [place("P1", at["in_title"], **located), place("P2", at["happened"], **located)],
        "dates": [date("T1", at["day"], value)],
        "warnings": [],
        "made_by": MADE_BY,
    }


def articles(count: int) -> Iterator[Json]:
    """The records of so many articles: story after story, each told by one to three outlets."""
    number = made = 0
    while True:
        tellers = 1 + (number % 3 == 0) + (number % 9 == 0)
        for turn in range(tellers):
            if made == count:
                return
            yield told(story(number), (number + turn) % len(OUTLETS))
            made += 1
        number += 1


__all__ = ["articles", "words"]
