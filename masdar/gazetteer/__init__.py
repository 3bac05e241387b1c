"""Places, states and the names of their people: what a name can mean in the world.

`Gazetteer.load()` opens the base that ships with masdar or one made with `masdar places build`.
"""

from __future__ import annotations

from masdar.gazetteer.base import Candidate, Country, Gazetteer
from masdar.gazetteer.disputes import Dispute

__all__ = ["Candidate", "Country", "Dispute", "Gazetteer"]
