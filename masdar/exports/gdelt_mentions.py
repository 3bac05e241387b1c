"""Reports of events in the 16 columns of GDELT 2.0's mentions: one line for each event of each article.

GlobalEventID is that of masdar's GDELT events (`masdar/exports/gdelt.py`). The layout's spare column, Extras, says what
GDELT cannot: `claimed`, and whether it is historical, future, hypothetical or negated.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from pathlib import Path

from masdar.exports.files import new_file
from masdar.exports.gdelt import added, number_of, party_of
from masdar.exports.known import Known
from masdar.exports.options import Json, Options
from masdar.exports.text import address, flat
from masdar.exports.told import fit

COLUMNS = (
    "GlobalEventID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier",
    "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence",
    "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
WEB, CITATION = "1", "2"  # an address, or a name of the article without one
SENTENCE_END = re.compile(r"[.!?؟]+(?=\s)|(?<![.!?؟\s])\n")
UNNAMED = "-1"


def write_gdelt_mentions(records: Iterable[Json], into: Path | None, options: Options) -> None:
    """A file of tab-separated lines."""
    with new_file(into) as file:
        for record in records:
            for row in rows_of(Known.of(record, options), options):
                file.write("\t".join(row) + "\n")


def rows_of(known: Known, options: Options) -> Iterator[list[str]]:
    """The lines of one article."""
    document = known.document
    text = document["text"] or ""
    ends = [match.start() for match in SENTENCE_END.finditer(text)]
    for event in fit(known, options):
        whole = f"{known.id}#{event['id']}"
        story = known.stories.get(event["id"])
        day = (known.day(event).first or "").replace("-", "")
        start = event["trigger"]["start"]
        yield [
            str(number_of(story.id if story else whole)),
            day + "000000" if day else "",
            added(document["published"]),
            WEB if document["url"] else CITATION,
            flat(document["source"] or ""),
            address(document["url"]) or flat(known.id),
            str(1 + bisect_left(ends, start)),
            offset(party_of(known, event, 0), event),
            offset(party_of(known, event, 1), event),
            str(start),
            "1",
            str(round(event["confidence"] * 100)),
            str(len(text)),
            "",
            "srclc:ara",
            " ".join([*(["claimed"] if event["claimed_in"] else []), *event["status"]]),
        ]


def offset(entity: Json | None, event: Json) -> str:
    """Where the words for an actor that are nearest to the event begin."""
    if entity is None or not entity["mentions"]:
        return UNNAMED
    start = event["trigger"]["start"]
    return str(min((mention["start"] for mention in entity["mentions"]), key=lambda at: abs(at - start)))
