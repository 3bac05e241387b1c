"""Language and theme: kept in cookies, changed by links that work without script."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import RedirectResponse

from masdar.web.desk import THEMES, Open
from masdar.web.language import LANGUAGES

router = APIRouter(include_in_schema=False)


@router.get("/preferences")
def preferences(desk: Open, language: str = "", theme: str = "", to: str = "/") -> RedirectResponse:
    """Keep a language or theme and go back to where one was."""
    answer = desk.back(to)
    if language in LANGUAGES:
        desk.keep(answer, "language", language, samesite="lax")
    if theme in THEMES:
        desk.keep(answer, "theme", theme, samesite="lax")
    return answer
