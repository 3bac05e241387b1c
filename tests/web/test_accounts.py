"""Who may do what at the desk, and what a foreign page cannot make a browser do."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from masdar.cli import main
from masdar.store import Store
from masdar.store.accounts import Person, Role, logged, put_user
from masdar.web.passwords import hashed
from tests.web.conftest import Browser

PASSWORD = "كلمة سر طويلة"


@pytest.fixture
def accounts(store: Store) -> None:
    """One account of each role, named after it."""
    kept = hashed(PASSWORD)
    with store.writer() as writer:
        for role in Role:
            put_user(writer, Person(role.value, role), kept, "test")


def sign_in(browser: Browser, name: str, password: str = PASSWORD) -> int:
    """Sign in; the status of the answer."""
    data: dict[str, object] = {"name": name, "password": password, "to": "/"}
    return browser.post("/sign-in", data, follow_redirects=False).status_code


def test_without_accounts_the_one_at_this_computer_may_do_everything(browser: Browser) -> None:
    assert browser.get("/users").status_code == 200


@pytest.mark.usefixtures("accounts")
def test_with_accounts_everybody_signs_in(browser: Browser) -> None:
    answer = browser.get("/articles", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?to=%2Farticles")
    assert browser.get("/articles.json").status_code == 401
    assert sign_in(browser, "reader", "falsch und lang") == 401
    assert sign_in(browser, "nobody") == 401
    assert sign_in(browser, "reader") == 303
    assert browser.get("/articles").status_code == 200
    assert browser.post("/sign-out", {}).url.path == "/sign-in"
    assert browser.get("/articles", follow_redirects=False).status_code == 303


@pytest.mark.usefixtures("accounts")
def test_roles(browser: Browser) -> None:
    sign_in(browser, "reader")
    assert browser.get("/users").status_code == 403
    assert browser.post("/users", {"name": "x", "role": "admin", "password": PASSWORD}).status_code == 403


@pytest.mark.usefixtures("accounts")
def test_wrong_passwords_are_slowed_down(browser: Browser) -> None:
    assert [sign_in(browser, "admin", "not the password") for _ in range(5)] == [401] * 5
    assert sign_in(browser, "admin") == 429


@pytest.mark.usefixtures("accounts")
def test_admin_manages_accounts(browser: Browser, store: Store) -> None:
    sign_in(browser, "admin")
    added = browser.post("/users", {"name": "سلمى", "role": "reviewer", "password": PASSWORD})
    assert "سلمى" in added.text
    assert browser.post("/users/remove", {"name": "admin"}).status_code == 409
    assert "سلمى" not in browser.post("/users/remove", {"name": "سلمى"}).text
    assert [row.about for row in logged(store.view(), 2)] == ["سلمى removed", "سلمى reviewer"]


@pytest.mark.usefixtures("accounts")
def test_session_cookie_is_kept_from_scripts(browser: Browser) -> None:
    data = {"name": "reader", "password": PASSWORD, "to": "/"}
    answer = browser.post("/sign-in", dict(data), follow_redirects=False)
    cookie = next(value for value in answer.headers.get_list("set-cookie") if value.startswith("session="))
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie


@pytest.mark.usefixtures("accounts")
def test_token_speaks_for_its_owner_until_revoked(browser: Browser, store: Store) -> None:
    sign_in(browser, "reader")
    page = browser.post("/account/tokens", {"name": "script"}).text
    token = re.search(r"masdar_[\w-]+", page)
    assert token
    browser.client.cookies.clear()
    as_program = {"authorization": f"Bearer {token[0]}"}
    assert browser.get("/articles", headers=as_program).status_code == 200
    assert browser.get("/users", headers=as_program).status_code == 403
    assert browser.get("/articles", headers={"authorization": "Bearer masdar_x"}).status_code == 401
    sign_in(browser, "reader")
    key = browser.get("/account").text.split('name="key" value="')[1].split('"')[0]
    browser.post("/account/tokens/revoke", {"key": key})
    browser.client.cookies.clear()
    assert browser.get("/articles", headers=as_program).status_code == 401


def test_forms_of_foreign_pages_are_refused(desk: TestClient) -> None:
    form = {"name": "x", "role": "admin", "password": PASSWORD}
    assert desk.post("/users", data=form).status_code == 403
    desk.get("/")
    assert desk.post("/users", data=form | {"csrf": "guess"}).status_code == 403
    foreign = {"sec-fetch-site": "cross-site"}
    assert desk.post("/users", json=form, headers=foreign).status_code == 403
    assert desk.post("/users", json=form, headers={"origin": "http://example.org"}).status_code == 403


def test_other_names_are_refused(desk: TestClient) -> None:
    assert desk.get("/", headers={"host": "rebound.example.org"}).status_code == 421
    assert desk.get("/", headers={"host": "localhost:8000"}).status_code == 200
    assert desk.get("/", headers={"host": "[::1]:8000"}).status_code == 200


def test_large_bodies_are_cut_off(browser: Browser) -> None:
    answer = browser.post("/sign-in", {"name": "x" * (11 * 1024 * 1024)})
    assert answer.status_code == 413
    assert "masdar ingest" in answer.text


def test_other_addresses_need_accounts(store: Store) -> None:
    run = CliRunner().invoke(main, ["serve", "--store", str(store.url.database), "--host", "0.0.0.0"])
    assert run.exit_code == 2
    assert "has no accounts" in run.output and "--add-user" in run.output


def test_first_account_is_an_admin(store: Store) -> None:
    base = ["serve", "--store", str(store.url.database), "--add-user", "ليلى"]
    assert CliRunner().invoke(main, base).exit_code == 2
    short = CliRunner().invoke(main, [*base, "--role", "admin"], input="kurz\nkurz\n")
    assert "10 to" in short.output
    made = CliRunner().invoke(main, [*base, "--role", "admin"], input=f"{PASSWORD}\n{PASSWORD}\n")
    assert made.exit_code == 0, made.output


def test_errors_have_one_form(desk: TestClient) -> None:
    assert (
        desk.get("/nothing.json").json() == {"error": {"status": 404, "message": "There is nothing at this address."}}
        or desk.get("/nothing.json").json()["error"]["status"] == 404
    )
    assert "لا شيء في هذا العنوان" in desk.get("/nothing").text
