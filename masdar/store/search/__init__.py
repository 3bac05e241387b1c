"""Search a store: by words and their forms, phrases, speakers, participants, places, dates, and by meaning.

`parse` reads what a person types, `Query.where` makes the same from code. `search` gives a page of hits, `count` how
many there are, `facets` how they spread over outlets, months, types and speakers, `every` all their ids, `alike` those
nearest in meaning.
SQLite and PostgreSQL give the same hits in the same order.
"""

from __future__ import annotations

from masdar.store.search.facets import Facets, count, facets, search_with_facets
from masdar.store.search.find import Page, every, search
from masdar.store.search.hits import Hit
from masdar.store.search.index import index_articles
from masdar.store.search.meaning import Vectors, alike, vector_of
from masdar.store.search.parse import parse
from masdar.store.search.query import KINDS, Box, Query

__all__ = (
    "KINDS",
    "Box",
    "Facets",
    "Hit",
    "Page",
    "Query",
    "Vectors",
    "alike",
    "count",
    "every",
    "facets",
    "index_articles",
    "parse",
    "search",
    "search_with_facets",
    "vector_of",
)
