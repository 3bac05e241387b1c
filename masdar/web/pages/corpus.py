"""Corrected articles in the form of the training corpus, one or all that somebody has read as a whole."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO

from fastapi import APIRouter
from fastapi.responses import Response, StreamingResponse

from masdar.store.corrections import corrected, judged
from masdar.store.corrections.counts import read_articles
from masdar.web.corpus import to_xml
from masdar.web.desk import At, Desk
from masdar.web.pages.articles import record_of

router = APIRouter(include_in_schema=False)
XML = "application/xml; charset=utf-8"
IN_MEMORY = 4_000_000  # bytes of a ZIP; more goes through a file
CHUNK = 64 * 1024


@router.get("/corpus")
def corpus(desk: At) -> Response:
    """The articles that can be had so."""
    return desk.page("corpus.html", articles=read_articles(desk.view))


@router.get("/corpus.zip")
def all_of_them(desk: At) -> StreamingResponse:
    """Every article that somebody has read as a whole."""
    packed = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        for number, id in enumerate(read_articles(desk.view), 1):
            files.writestr(f"{number:04d}-{file_name(id)}.xml", xml_of(desk, id).encode("utf-8", "replace"))
    packed.seek(0)
    named = {"Content-Disposition": 'attachment; filename="corrected.zip"'}
    return StreamingResponse(chunks(packed), media_type="application/zip", headers=named)


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    """A file, piece by piece; closed at its end."""
    with file:
        while piece := file.read(CHUNK):
            yield piece


@router.get("/corpus/{id:path}")
def one(desk: At, id: str) -> Response:
    """One article."""
    named = {"Content-Disposition": f'attachment; filename="{file_name(id)}.xml"'}
    return Response(xml_of(desk, id).encode("utf-8", "replace"), media_type=XML, headers=named)


def xml_of(desk: Desk, id: str) -> str:
    """A corrected article."""
    record = record_of(desk, id)
    return to_xml(corrected(record, judged(record, desk.view.reviews(id)))[0])


def file_name(id: str) -> str:
    """An id fit to be the name of a file."""
    return re.sub(r"[^\w.-]+", "-", id, flags=re.ASCII).strip("-.")[:80] or "article"
