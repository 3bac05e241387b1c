"""Which events a layout may hold that has no place to say that one was claimed, denied, planned or supposed."""

from __future__ import annotations

from collections.abc import Iterator

from masdar.exports.known import Known
from masdar.exports.options import Json, Options

CLAIMED = "claimed by somebody"
UNREAL = "denied, planned, supposed or long past"


def fit(known: Known, options: Options) -> Iterator[Json]:
    """The events that the article itself tells as having happened, and the others if they are asked for."""
    for event in known.record["events"]:
        reason = reason_against(known, event, options)
        if reason:
            options.left_out[reason] += 1
        else:
            yield event


def reason_against(known: Known, event: Json, options: Options) -> str | None:
    """Why an event is left out."""
    if not options.has_unreal and not known.is_real(event):
        return UNREAL
    return CLAIMED if event["claimed_in"] and not options.has_claims else None
