"""Certificates: the host must be the one that was asked for, and somebody known must say so."""

from __future__ import annotations

import http.server
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from masdar.errors import InputError
from masdar.sources.fetch import Fetcher, Limits

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")


class Handler(http.server.BaseHTTPRequestHandler):
    """Says hello to everybody."""

    def do_GET(self) -> None:
        """The same page everywhere; no robots.txt."""
        self.send_response_only(404 if self.path == "/robots.txt" else 200)
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"hello")

    def log_message(self, *args: object) -> None:
        """Say nothing."""


class Server(http.server.ThreadingHTTPServer):
    """A server that does not mind when somebody hangs up in the handshake."""

    def handle_error(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost, and its key, in one file."""
    file = tmp_path_factory.mktemp("tls") / "localhost.pem"
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost "
        f"-addext subjectAltName=DNS:localhost -keyout {file} -out {file}.crt"
    )
    subprocess.run(command.split(), check=True, capture_output=True)
    file.write_bytes(file.read_bytes() + Path(f"{file}.crt").read_bytes())
    return file


@pytest.fixture
def port(certificate: Path) -> Iterator[int]:
    """The port of a server with this certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with Server(("127.0.0.1", 0), Handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.fixture
def fetcher() -> Fetcher:
    """Asks this machine too, and never sleeps."""
    return Fetcher(allow_private=True, limits=Limits(delay=0), sleep=lambda seconds: None)


def test_a_known_certificate(port: int, fetcher: Fetcher, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", f"{certificate}.crt")
    assert fetcher.fetch(f"https://localhost:{port}/").body == b"hello"


def test_an_unknown_certificate(port: int, fetcher: Fetcher) -> None:
    with pytest.raises(InputError, match="certificate verify failed"):
        fetcher.fetch(f"https://localhost:{port}/")


def test_a_certificate_of_another_host(
    port: int, fetcher: Fetcher, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", f"{certificate}.crt")
    with pytest.raises(InputError, match="IP address mismatch"):
        fetcher.fetch(f"https://127.0.0.1:{port}/")
