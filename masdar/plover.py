"""The ontology: PLOVER 2.0's event types, modes, contexts, quad classes, scores and sectors.

Facts of the draft manual 2.0 (Open Event Data Alliance, CC BY-SA 4.0), its contradictions decided:
modes are keyed by (type, mode); SANCTION is quad 4; ACCUSE scores -3.
"""

from __future__ import annotations

from typing import NamedTuple

VERSION = "PLOVER 2.0 draft"


class TypeFacts(NamedTuple):
    """Quad class (1-4), base score, CAMEO root code, scores of the modes (None: the base score)."""

    quad: int
    score: float
    cameo: str
    modes: dict[str, float | None]


FACTS: dict[str, TypeFacts] = {
    "AGREE": TypeFacts(1, 2.5, "03", {}),
    "CONSULT": TypeFacts(1, 2.5, "04", {"visit": 4, "third-party": 1, "multilateral": 4, "phone": 1.5}),
    "SUPPORT": TypeFacts(1, 5, "05", {}),
    "CONCEDE": TypeFacts(1, 4.5, "08", {}),
    "COOPERATE": TypeFacts(2, 9.5, "06", {}),
    "AID": TypeFacts(2, 10, "07", {}),
    "RETREAT": TypeFacts(
        2, 6.5, "08",
        {"withdraw": 8, "release": 6.5, "disarm": 10, "ceasefire": 7.5, "access": 6.5, "resign": 4.5},
    ),
    "REQUEST": TypeFacts(3, 0, "10", {"assist": 0.5, "change": -1, "yield": -1, "meet": 0}),
    "ACCUSE": TypeFacts(3, -3, "11", {"disapprove": -2, "investigate": -3.5, "allege": -3.5}),
    "REJECT": TypeFacts(3, -2, "12", {"assist": -1.5, "change": -2, "yield": -2, "meet": -2}),
    "THREATEN": TypeFacts(
        3, -3.5, "13",
        {"restrict": -3, "arrest": -3.5, "relations": -3.5, "expel": -3.5, "territory": -4, "violence": -3.5},
    ),
    "PROTEST": TypeFacts(
        4, -5, "14",
        {
            "demo": -5, "riot": -7, "strike": -5, "hunger": -4.5, "boycott": -4.5, "obstruct": -4.5,
            "vandalize": None,
        },
    ),
    "SANCTION": TypeFacts(4, -6, "16", {"convict": -6, "expel": -5.5, "withdraw": -6, "discontinue": -6}),
    "MOBILIZE": TypeFacts(4, -5.5, "15", {"troops": -6.5, "weapons": -6.5, "police": -5.5, "militia": -6}),
    "COERCE": TypeFacts(
        4, -7, "17",
        {
            "seize": -7, "restrict": -7, "censor": -6.5, "curfew": -6.5, "martial-law": -7.5, "arrest": -7,
            "deport": -7, "withhold": -7, "misinformation": -6.5, "cyber": -7,
        },
    ),
    "ASSAULT": TypeFacts(
        4, -9, "18",
        {
            "abduct": -8.5, "beat": -7.5, "torture": -8.5, "sexual": -8.5, "targeted": -9.5, "destroy": -8.5,
            "primitive": -8, "firearms": -9, "explosives": -9, "suicide-attack": -9.5, "aerial": -9.5,
            "drone": -9.5, "heavy-weapons": -9.5, "crowd-control": -7.5, "unconventional": -10,
        },
    ),
}  # fmt: skip

TYPES = tuple(FACTS)
MODES = tuple((kind, mode) for kind, facts in FACTS.items() for mode in facts.modes)

CONTEXTS = (
    "military", "intelligence", "executive", "legislative", "election", "political_institutions",
    "pro_democracy", "pro_autocracy", "economic", "legal", "reparations", "human_rights", "rights_freedoms",
    "repression", "human_security", "gender", "lgbt", "religion_ethnicity", "inequality", "diplomatic",
    "territory", "peacekeeping", "health", "asylum", "migration", "disasters", "natural_resource",
    "environment", "technology", "terrorism", "cbrn", "cyber", "misinformation", "crime", "corruption",
    "illegal_drugs", "trafficking",
)  # fmt: skip

SECTORS = (
    "GOV", "MIL", "COP", "LEG", "JUD", "REB", "PTY", "SPY", "PRM", "UAF", "CVL", "JRN", "BUS", "MED", "EDU",
    "REL", "LAB", "REF", "CRM", "OPP", "ELI", "SOC", "AGR", "PRE", "UNK", "NGO", "IGO",
)  # fmt: skip

# CAMEO codes of the pairs that have one of their own; others take the type's root
CAMEO: dict[tuple[str, str], str] = {
    ("CONSULT", "visit"): "042", ("CONSULT", "third-party"): "045", ("CONSULT", "multilateral"): "046",
    ("CONSULT", "phone"): "041", ("RETREAT", "withdraw"): "087", ("RETREAT", "release"): "084",
    ("RETREAT", "ceasefire"): "0871", ("RETREAT", "access"): "086", ("RETREAT", "disarm"): "0874",
    ("RETREAT", "resign"): "083", ("REQUEST", "assist"): "103", ("REQUEST", "change"): "104",
    ("REQUEST", "yield"): "105", ("REQUEST", "meet"): "106", ("ACCUSE", "disapprove"): "111",
    ("ACCUSE", "investigate"): "090", ("ACCUSE", "allege"): "112", ("REJECT", "assist"): "122",
    ("REJECT", "change"): "123", ("REJECT", "yield"): "124", ("REJECT", "meet"): "125",
    ("THREATEN", "restrict"): "132", ("THREATEN", "arrest"): "132", ("THREATEN", "relations"): "131",
    ("THREATEN", "expel"): "131", ("THREATEN", "territory"): "138", ("THREATEN", "violence"): "138",
    ("PROTEST", "demo"): "141", ("PROTEST", "hunger"): "142", ("PROTEST", "strike"): "143",
    ("PROTEST", "boycott"): "143", ("PROTEST", "obstruct"): "144", ("PROTEST", "riot"): "145",
    ("PROTEST", "vandalize"): "145", ("SANCTION", "convict"): "116", ("SANCTION", "expel"): "166",
    ("SANCTION", "withdraw"): "166", ("SANCTION", "discontinue"): "163", ("MOBILIZE", "troops"): "152",
    ("MOBILIZE", "weapons"): "154", ("MOBILIZE", "police"): "151", ("MOBILIZE", "militia"): "155",
    ("COERCE", "seize"): "171", ("COERCE", "restrict"): "172", ("COERCE", "censor"): "172",
    ("COERCE", "curfew"): "1723", ("COERCE", "martial-law"): "1724", ("COERCE", "arrest"): "173",
    ("COERCE", "deport"): "174", ("COERCE", "cyber"): "176", ("ASSAULT", "abduct"): "181",
    ("ASSAULT", "beat"): "182", ("ASSAULT", "torture"): "1822", ("ASSAULT", "sexual"): "1821",
    ("ASSAULT", "targeted"): "186", ("ASSAULT", "destroy"): "171", ("ASSAULT", "firearms"): "193",
    ("ASSAULT", "explosives"): "183", ("ASSAULT", "suicide-attack"): "1831", ("ASSAULT", "aerial"): "195",
    ("ASSAULT", "drone"): "195", ("ASSAULT", "heavy-weapons"): "194", ("ASSAULT", "crowd-control"): "175",
    ("ASSAULT", "unconventional"): "204",
}  # fmt: skip


def quad(kind: str) -> int:
    """Quad class of a type: 1 verbal cooperation, 2 material cooperation, 3 verbal, 4 material conflict."""
    return FACTS[kind].quad


def score(kind: str, modes: tuple[str, ...]) -> float:
    """The event's score: that of its first scored mode, else the type's base score."""
    scores = (FACTS[kind].modes[mode] for mode in modes)
    return next((value for value in scores if value is not None), FACTS[kind].score)


def cameo(kind: str, modes: tuple[str, ...]) -> str:
    """The nearest CAMEO code (root 01-20, or a longer one where a mode has its own)."""
    return next((CAMEO[kind, mode] for mode in modes if (kind, mode) in CAMEO), FACTS[kind].cameo)
