"""The pages of the desk. To add one: write masdar/web/pages/<name>.py with a `router`, name it here in PAGES, and, if
it should stand in the navigation, its path and the key of its name in NAVIGATION.
"""

from __future__ import annotations

from masdar.web.pages import (
    accounts,
    actors,
    adding,
    articles,
    checking,
    corpus,
    echoes,
    front,
    pictures,
    preferences,
    reviews,
    search,
    signing,
    splitting,
    stories,
    why,
)

PAGES = (
    front.router,
    search.router,
    articles.router,
    reviews.router,
    why.router,
    checking.router,
    corpus.router,
    adding.router,
    preferences.router,
    signing.router,
    accounts.router,
    splitting.router,  # before actors, whose addresses end with any key
    actors.router,
    pictures.router,
    stories.router,
    echoes.router,
)

# path, key of its name in masdar/web/locale/
NAVIGATION = (
    ("/search", "navigation.search"),
    ("/articles", "navigation.articles"),
    ("/actors", "actors.title"),
    ("/stories", "stories.title"),
    ("/echoes", "echoes.title"),
    ("/pictures", "pictures.title"),
    ("/checking", "navigation.checking"),
)
