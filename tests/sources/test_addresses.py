"""Addresses: which are public, and how they are written."""

from __future__ import annotations

import pytest

from masdar.sources.addresses import cleaned, is_public, to_target

PUBLIC = """8.8.8.8 2001:4860:4860::8888 ::ffff:8.8.8.8 64:ff9b::808:808""".split()  # noqa: SIM905
PRIVATE = """127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255
192.0.2.1 240.0.0.1 198.18.0.1 :: ::1 fe80::1 fe80::1%eth0 fc00::1 ff02::1 2001:db8::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 
::127.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: 2001:0:7f00:1:: nonsense""".split()  # noqa: SIM905


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_private(address: str) -> None:
    assert not is_public(address)


CLEAN = [
    ("HTTPS://Example.org", "https://example.org/"),
    ("https://a.example/1?utm_source=x&id=5&fbclid=y#top", "https://a.example/1?id=5"),
    ("https://a.example/خبر", "https://a.example/%D8%AE%D8%A8%D8%B1"),
    ("https://a.example/%d8%ae%d8%a8%d8%b1", "https://a.example/%D8%AE%D8%A8%D8%B1"),
    ("https://a.example/?q=a+b&empty=", "https://a.example/?q=a+b&empty="),
    ("http://[1", "http://[1"),
]


@pytest.mark.parametrize(("url", "clean"), CLEAN)
def test_one_page_has_one_address(url: str, clean: str) -> None:
    assert cleaned(url) == clean


def test_arabic_hosts() -> None:
    target = to_target("https://موقع.مثال:8443/خبر")
    assert (target.host, target.port) == ("xn--4gbrim.xn--mgbh0fb", 8443)
    assert target.url == "https://xn--4gbrim.xn--mgbh0fb:8443/%D8%AE%D8%A8%D8%B1"
