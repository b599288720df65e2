"""What must not be fetched is not, over real connections: addresses, schemes, sizes, loops."""

from __future__ import annotations

import http.server
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from spiders.fetch import Answer
from spiders.guard import check_url
from spiders.unfetched import UnfetchedError
from stories.config import Config
from stories.model import Outcome
from tests.newsstand import Answer as Said
from tests.newsstand import Newsstand
from tests.spiders.conftest import fetch_all, reasons

Desk = Callable[..., Config]

HOSTS = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "017700000001",
    "0177.0.0.1",
    "127.0.0.2",
    "localhost",
    "0.0.0.0",  # noqa: S104 - an address to refuse
    "0",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::]",
    "[0:0:0:0:0:ffff:127.0.0.1]",
    "127.0.0.1.",
]


def test_no_way_to_write_the_loopback_leads_there(stand: Newsstand, desk: Desk) -> None:
    urls = [f"http://{host}:{stand.port}/secret" for host in HOSTS]
    got = fetch_all(desk(allow_private=()), urls)
    assert not any(isinstance(one, Answer) for one in got.values()), reasons(got)
    assert stand.log == []


def test_redirects_to_the_loopback_are_checked_again(stand: Newsstand, desk: Desk) -> None:
    outlet = stand.outlet("Allowed")
    config = desk(allow_private=(outlet.host,))
    targets = [f"http://{host}:{stand.port}/secret" for host in HOSTS]
    got = {}
    for number, target in enumerate(targets):
        outlet.pages[f"/go{number}"] = redirect(target)
    urls = [f"{outlet.url}/go{number}" for number in range(len(targets))]
    got = fetch_all(config, urls)
    allowed = [url for url, target in zip(urls, targets, strict=True) if outlet.host in target]
    assert {url for url, one in got.items() if isinstance(one, Answer)} <= set(allowed)
    assert stand.asked("/secret", "127.0.0.1") == []


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/x",
        "data:text/html,hello",
        "gopher://127.0.0.1/x",
        "javascript:alert(1)",
        "dict://127.0.0.1:11211/stat",
        "http://user:password@example.com/",
    ],
)
def test_redirects_elsewhere_than_the_web_are_refused(
    stand: Newsstand, desk: Desk, target: str
) -> None:
    outlet = stand.outlet("Allowed")
    outlet.pages["/go"] = redirect(target)
    (got,) = fetch_all(desk(), [f"{outlet.url}/go"]).values()
    assert isinstance(got, UnfetchedError)
    assert got.outcome is Outcome.REFUSED


def test_a_name_that_answers_otherwise_the_second_time_is_refused(
    stand: Newsstand, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rebinding: what counts is the address that is connected to, not one that was looked up."""
    answers = iter(["93.184.216.34", "127.0.0.1"])
    real = socket.getaddrinfo

    def rebinding(host: Any, *rest: Any, **more: Any) -> Any:
        if host == "rebind.example":
            return real(next(answers, "127.0.0.1"), *rest, **more)
        return real(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    assert socket.getaddrinfo("rebind.example", 80)[0][4][0] == "93.184.216.34"
    url = f"http://rebind.example:{stand.port}/secret"
    (got,) = fetch_all(desk(allow_private=(), robots=False), [url]).values()
    assert isinstance(got, UnfetchedError)
    assert got.reason in {"guard", "dns"}
    assert stand.log == []


def test_a_host_that_is_allowed_by_name_is_reached(stand: Newsstand, desk: Desk) -> None:
    url = f"http://localhost:{stand.port}/status/is?code=200"
    (got,) = fetch_all(desk(allow_private=("localhost",)), [url]).values()
    assert isinstance(got, Answer)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.com/",
        "data:text/html,x",
        "http://",
        "http://user@example.com/",
        "http://example.com\\@127.0.0.1/",
        "http://example.com/a b",
        "http://example.com/\n",
        "http://example.com:99999/",
        "http://[::1/",
        "http://example.com/" + "a" * 5000,
        "javascript:alert(1)",
        "//example.com/",
    ],
)
def test_addresses_that_parsers_disagree_about_are_refused(url: str) -> None:
    with pytest.raises(UnfetchedError) as caught:
        check_url(url)
    assert caught.value.outcome is Outcome.REFUSED


CASES = {
    "/redirect/self": "redirects",
    "/redirect/endless": "redirects",
    "/size/said": "size",
    "/size/endless": "size",
    "/bomb/gzip?mb=200": "size",
    "/bomb/gzip?mb=9": "size",
    "/bomb/twice": "encoding",
    "/encoding/says?what=br": "encoding",
    "/encoding/says?what=gzip": "ok",
    "/encoding/says?what=identity": "ok",
    "/encoding/deflate": "ok",
    "/encoding/deflate?raw=1": "ok",
    "/headers/many": "bad-answer",
    "/headers/long": "bad-answer",
    "/cut/short": "cut-short",
    "/cut/reset": "connection",
    "/garbage/bytes": "bad-answer",
    "/slow/body": "timeout",
    "/slow/head": "timeout",
    "/status/is?code=404": "http-404",
    "/status/is?code=410": "http-410",
    "/status/is?code=500": "http-500",
    "/status/is?code=403": "http-403",
}


def test_every_misbehaviour_ends_with_its_name(stand: Newsstand, desk: Desk) -> None:
    """All at once: one that hangs or bursts must not take the others with it."""
    config = desk(timeout=12, max_bytes=3_000_000, per_host=32)
    got = reasons(fetch_all(config, [stand.url + path for path in CASES]))
    assert got == {stand.url + path: reason for path, reason in CASES.items()}


def test_what_does_not_answer_at_all_has_a_name(desk: Desk) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    urls = [f"http://127.0.0.1:{port}/", "http://nowhere.invalid/"]
    got = reasons(fetch_all(desk(robots=False), urls))
    assert got == {urls[0]: "connect", urls[1]: "dns"}


def test_certificates_are_verified_and_authorities_can_be_named(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = tmp_path / "authority.pem"
    with secure_server(authority, "localhost") as port:
        url, other = f"https://localhost:{port}/", f"https://127.0.0.1:{port}/"
        config = desk(robots=False, allow_private=("localhost", "127.0.0.0/8"))
        assert list(reasons(fetch_all(config, [url])).values()) == ["tls"]
        monkeypatch.setenv("SSL_CERT_FILE", str(authority))
        assert reasons(fetch_all(config, [url, other])) == {url: "ok", other: "tls"}


def redirect(target: str) -> Said:
    """An answer that redirects."""
    return Said(status=302, headers=(("Location", target),), validators=False)


@contextmanager
def secure_server(certificate: Path, name: str) -> Iterator[int]:
    """A server with a certificate of its own making, written to a file; gives its port."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret = certificate.with_suffix(".key")
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, secret)
    server = http.server.HTTPServer(("127.0.0.1", 0), Greeting)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


class Greeting(http.server.BaseHTTPRequestHandler):
    """Says hello, and nothing in the log."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"hello")

    def log_message(self, *_: object) -> None:
        pass
