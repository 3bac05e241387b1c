"""Corrections: what people say of what the machine found, laid over the record.

A review is kept with an anchor (layer, place, words) and never changed. When an article is read anew, each review finds
its item again by that anchor; what was missed and added by hand is put in again. `judged` gives every item with the
opinions on it, `corrected` the record as people want it.
"""

from __future__ import annotations

from masdar.store.corrections.anchors import ARTICLE, LAYERS, anchor_of, find
from masdar.store.corrections.apply import corrected
from masdar.store.corrections.fields import FIELDS, Field, Shape
from masdar.store.corrections.judging import Judgement, reviews_of
from masdar.store.corrections.opinions import VERDICTS, Judged, Opinion, judged

__all__ = (
    "ARTICLE",
    "FIELDS",
    "LAYERS",
    "VERDICTS",
    "Field",
    "Judged",
    "Judgement",
    "Opinion",
    "Shape",
    "anchor_of",
    "corrected",
    "find",
    "judged",
    "reviews_of",
)
