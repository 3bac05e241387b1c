"""Language and theme: kept in cookies, changed by links that work without script."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import RedirectResponse

from masdar.web.desk import THEMES, local, remembered
from masdar.web.language import LANGUAGES

router = APIRouter(include_in_schema=False)


@router.get("/preferences")
def preferences(language: str = "", theme: str = "", to: str = "/") -> RedirectResponse:
    """Keep a language or theme and go back to where one was."""
    chosen = {"language": language} if language in LANGUAGES else {}
    chosen |= {"theme": theme} if theme in THEMES else {}
    return remembered(RedirectResponse(local(to), 303), chosen)
