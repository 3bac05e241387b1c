"""`masdar serve`: the desk, a web application over a store: for this computer alone, or for others with accounts."""

from __future__ import annotations

import getpass
import ipaddress
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import click

from masdar.cli.ingest import STORE

if TYPE_CHECKING:
    from masdar.store import Store

ROLES = ("reader", "reviewer", "admin")
EVERYWHERE = ("0.0.0.0", "::")


@click.command()
@STORE
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at; others need accounts.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port to listen at.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="Name that browsers call it by; may be repeated.")
@click.option("--add-user", metavar="NAME", help="Add an account, or change one, and end; asks for the password.")
@click.option("--role", type=click.Choice(ROLES), default="reviewer", show_default=True, help="Role of --add-user.")
@click.option("--remove-user", metavar="NAME", help="Take an account away and end.")
@click.option(
    "--overrides",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Folder with names.yml, actors.yml, places.yml of your own, for articles that are added.",
)
def serve(  # noqa: PLR0913
    *,
    url: str,
    host: str,
    port: int,
    names: tuple[str, ...],
    add_user: str | None,
    role: str,
    remove_user: str | None,
    overrides: Path | None,
) -> None:
    """Open the desk: read, search and correct what is in a store, in a browser.

    It needs the extra desk: pip install 'masdar[desk]'.
    """
    from masdar.store import open_store

    with open_store(url, create=True) as store:
        if add_user:
            put_account(store, add_user, role)
        elif remove_user:
            drop_account(store, remove_user)
        else:
            require_accounts(store, host)
            listen(store, host, port, names, overrides)


def put_account(store: Store, name: str, role: str) -> None:
    """Add an account with a password that is typed twice or comes in as a line."""
    from masdar.store.accounts import Person, Role, count_users, put_user
    from masdar.web.passwords import hashed

    if role != "admin" and not count_users(store.view()):
        raise click.UsageError("The first account must be an admin: --role admin. Admins manage accounts.")
    password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    kept = hashed(password)
    with store.writer() as writer:
        put_user(writer, Person(name, Role(role)), kept, "masdar serve")
    click.echo(f"{name} is {role} of {store.name}.", err=True)


def drop_account(store: Store, name: str) -> None:
    """Take an account away."""
    from masdar.store.accounts import remove_user, user

    if user(store.view(), name) is None:
        raise click.UsageError(f"There is no account {name!r}.")
    with store.writer() as writer:
        remove_user(writer, name, "masdar serve")
    click.echo(f"{name} has no account of {store.name} any more.", err=True)


def require_accounts(store: Store, host: str) -> None:
    """Refuse to open a desk without accounts to other computers."""
    from masdar.store.accounts import has_users

    if not is_loopback(host) and not has_users(store.view()):
        raise click.UsageError(
            f"At {host} other computers could read and change everything, and {store.name} has no accounts. "
            "Add one: masdar serve --store URL --add-user NAME --role admin"
        )


def is_loopback(host: str) -> bool:
    """Whether only this computer can reach an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def listen(store: Store, host: str, port: int, names: tuple[str, ...], overrides: Path | None) -> None:
    """Answer until Ctrl-C."""
    import uvicorn

    from masdar.web.app import LOOPBACK, create_app
    from masdar.web.reading import shipped

    own = () if host in EVERYWHERE else (host,)
    app = create_app(store, shipped(overrides=overrides), name=user_name(), hosts=(*LOOPBACK, *own, *names))
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"The desk of {store.name} is at http://{shown}:{port} (Ctrl-C ends it)", err=True)
    threading.Thread(target=warm, daemon=True).start()
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)


def warm() -> None:
    """Load the words that the first search would otherwise wait for."""
    from masdar.text.lemmas import lemma

    lemma("خبر")


def user_name() -> str:
    """The name of whoever sits at this computer, which corrections go under while there are no accounts."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "local"
