"""Adding articles: paste a text, name an address, drop files, watch feeds; how far each is and what went wrong."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Body, HTTPException
from fastapi import Path as InPath
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel
from pydantic import Field as Checked
from starlette.datastructures import UploadFile

from masdar.errors import InputError
from masdar.sources.addresses import is_url
from masdar.sources.jsonl import is_iso_date
from masdar.sources.plain import article_id, title_of
from masdar.store.accounts import Role
from masdar.store.watches import all_watches, unwatch, watch
from masdar.types import Article
from masdar.web.desk import NO_NUL, At, Desk, Sent, link, text_of
from masdar.web.jobs import Job, Source, file, pasted, web
from masdar.web.safety import LARGEST, TooLarge
from masdar.web.shown import short

router = APIRouter()
Json = dict[str, Any]
LONGEST_URL = 2000
MOST_URLS, MOST_FILES = 50, 200
LEAST_MINUTES, MOST_MINUTES = 5, 7 * 24 * 60
Number = Annotated[int, InPath(ge=1, le=2**31 - 1)]


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text and what is known of it, as it was typed."""

    text: str
    title: str = ""
    source: str = ""
    url: str = ""
    published: str = ""

    def article(self) -> Article:
        """The article.

        Raises:
            InputError: there is no text, or the date or address is none.
        """
        if not self.text.strip():
            raise InputError("There is no text. Paste the words of an article.")
        if self.published and not is_iso_date(self.published):
            raise InputError(f"{self.published!r} is no date. Write it as 2018-05-12 or 2018-05-12T10:30:00+03:00.")
        url = address(self.url) if self.url else None
        text = self.text.replace("\r\n", "\n")
        id = article_id(url, "" if url else text)
        return Article(id, text, self.title or title_of(text), self.source or None, url, self.published or None)


def address(url: str) -> str:
    """An address of the web.

    Raises:
        InputError: it is none.
    """
    url = url.strip()
    if not is_url(url) or len(url) > LONGEST_URL or not url.isprintable() or " " in url:
        raise InputError(f"{short(url, 80)!r} is no address. It begins with http:// or https://.")
    return url


@router.get("/add-articles", include_in_schema=False)
def adding(desk: At) -> Response:
    """The forms, the jobs, the watches."""
    desk.need(Role.ADMIN)
    return desk.page("adding.html", jobs=list(desk.parts.jobs.all), watches=all_watches(desk.view))


@router.post("/add-articles/text", include_in_schema=False)
def add_text(desk: At, sent: Sent) -> RedirectResponse:
    """A pasted text."""
    fields = ("text", "title", "source", "url", "published")
    return to_job(desk, put(desk, Pasted(*(text_of(sent, name).strip() for name in fields)).article()))


@router.post("/add-articles/addresses", include_in_schema=False)
def add_addresses(desk: At, sent: Sent) -> RedirectResponse:
    """Pages or feeds, one address a line."""
    return to_job(desk, ask(desk, text_of(sent, "urls").split()))


@router.post("/add-articles/files", include_in_schema=False)
async def add_files(desk: At, sent: Sent) -> RedirectResponse:
    """Uploaded files."""
    desk.need(Role.ADMIN)
    uploads = [upload for upload in sent.getlist("files") if isinstance(upload, UploadFile) and upload.filename]
    if not uploads:
        raise InputError("There is no file. Choose one, or drop it on the page.")
    folder = Path(tempfile.mkdtemp(prefix="masdar-upload-"))
    sources: list[Source] = []
    for number, upload in enumerate(uploads[:MOST_FILES], 1):
        body = await upload.read()
        if len(body) > LARGEST:
            raise TooLarge
        path = folder / str(number) / safe_name(upload.filename or "")
        path.parent.mkdir()
        path.write_bytes(body)
        sources.append(file(path))
    title = "، ".join(name for name, _ in sources)
    return to_job(desk, desk.parts.jobs.add(desk.who, short(title, 120), sources, folder))


def safe_name(name: str) -> str:
    """The last part of a file's name, fit for any file system, with its suffixes."""
    last = re.split(r"[/\\]", name)[-1]
    cleaned = re.sub(r"[^\w.() -]+", "-", last).lstrip(".") or "file"
    return cleaned[-100:]


def put(desk: Desk, article: Article) -> Job:
    """A job for a pasted article."""
    desk.need(Role.ADMIN)
    return desk.parts.jobs.add(desk.who, short(article.title or article.text, 80), [pasted(article)])


def ask(desk: Desk, urls: list[str]) -> Job:
    """A job for some addresses.

    Raises:
        InputError: one is none, or there are none or too many.
    """
    desk.need(Role.ADMIN)
    if not 0 < len(urls) <= MOST_URLS:
        raise InputError(f"Give 1 to {MOST_URLS} addresses, one a line.")
    asked = [address(url) for url in urls]
    title = asked[0] if len(asked) == 1 else f"{asked[0]} + {len(asked) - 1}"
    return desk.parts.jobs.add(desk.who, short(title, 120), [web(url) for url in asked])


def to_job(desk: Desk, job: Job) -> RedirectResponse:
    """To the page of a job."""
    return desk.back(link("jobs", str(job.number)))


@router.get("/jobs/{number}.json")
def job_as_data(desk: At, number: Number) -> Json:
    """How far a job is: what was read, what was there already, what could not be read."""
    job = job_of(desk, number)
    fields = ("number", "who", "title", "state", "asked", "read", "known", "failed", "errors")
    return {name: getattr(job, name) for name in fields}


@router.get("/jobs/{number}", include_in_schema=False)
def job_page(desk: At, number: Number) -> Response:
    """How far a job is; the part that changes when htmx asks."""
    job = job_of(desk, number)
    is_htmx = desk.request.headers.get("hx-request") == "true"
    return desk.page("job-part.html" if is_htmx else "job.html", job=job)


@router.post("/jobs/{number}/stop", include_in_schema=False)
def stop(desk: At, number: Number) -> RedirectResponse:
    """End a job after the article at hand."""
    desk.need(Role.ADMIN)
    job = job_of(desk, number)
    job.is_stopped = True
    return to_job(desk, job)


def job_of(desk: Desk, number: int) -> Job:
    """A job.

    Raises:
        HTTPException: 404.
    """
    job = desk.parts.jobs.find(number)
    if job is None:
        raise HTTPException(404, "errors.no_job")
    return job


@router.post("/watches", include_in_schema=False)
def add_watch(desk: At, sent: Sent) -> RedirectResponse:
    """Ask a feed again and again."""
    begin_watch(desk, text_of(sent, "url"), text_of(sent, "minutes"))
    return desk.back("/add-articles")


def begin_watch(desk: Desk, url: str, minutes: str | int) -> None:
    """Ask a feed again and again, from now on.

    Raises:
        InputError: the address or the time is none.
    """
    desk.need(Role.ADMIN)
    name, given = address(url), str(minutes)
    if not (given.isdecimal() and LEAST_MINUTES <= int(given[:9]) <= MOST_MINUTES):
        raise InputError(f"A feed is asked every {LEAST_MINUTES} to {MOST_MINUTES} minutes.")
    with desk.writing("watch", name) as writer:
        watch(writer, name, desk.who, int(given))
    desk.parts.jobs.add(desk.who, name, [web(name)])


@router.post("/watches/remove", include_in_schema=False)
def remove_watch(desk: At, sent: Sent) -> RedirectResponse:
    """Ask a feed no more."""
    desk.need(Role.ADMIN)
    name = text_of(sent, "name")
    with desk.writing("watch", f"{name} removed") as writer:
        unwatch(writer, name)
    return desk.back("/add-articles")


class Given(BaseModel):
    """An article to be read."""

    text: Annotated[str, Checked(max_length=LARGEST)]
    title: Annotated[str, Checked(max_length=1000, pattern=NO_NUL)] = ""
    source: Annotated[str, Checked(max_length=200)] = ""
    url: Annotated[str, Checked(max_length=LONGEST_URL)] = ""
    published: Annotated[str, Checked(max_length=40, description="a date in ISO 8601")] = ""


class Addresses(BaseModel):
    """Pages or feeds to be read."""

    urls: Annotated[list[Annotated[str, Checked(max_length=LONGEST_URL)]], Checked(min_length=1, max_length=MOST_URLS)]


@router.post("/articles.json")
def add_as_data(desk: At, given: Annotated[Given, Body()]) -> Json:
    """Read an article into the store; the number of the job that does it."""
    typed = Pasted(given.text, given.title, given.source, given.url, given.published)
    return {"job": put(desk, typed.article()).number}


@router.post("/addresses.json")
def ask_as_data(desk: At, given: Annotated[Addresses, Body()]) -> Json:
    """Read pages or feeds into the store; the number of the job that does it."""
    return {"job": ask(desk, given.urls).number}
