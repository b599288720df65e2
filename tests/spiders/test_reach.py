"""Which addresses may be connected to: every way to write a private one is seen through."""

from __future__ import annotations

import pytest

from spiders.reach import Reach, as_number

PRIVATE = [
    "127.0.0.1",
    "127.8.8.8",
    "10.0.0.1",
    "10.255.255.255",
    "172.16.0.1",
    "172.31.255.254",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.127.255.254",
    "0.0.0.0",  # noqa: S104 - an address to refuse
    "0.1.2.3",
    "192.0.0.8",
    "192.0.0.170",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "198.19.255.254",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::",
    "2001:0:7f00:1::1",
    "2001::4136:e378:8000:63bf:80ff:fffe",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "2001:db8::1",
    "100::1",
    "3fff::1",
    "5f00::1",
    "::ffff:0:127.0.0.1",
]

PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "93.184.216.34",
    "151.101.1.140",
    "2606:4700:4700::1111",
    "2a00:1450:4001:82a::200e",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "2002:808:808::",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_public_is_refused(address: str) -> None:
    assert not Reach().allows(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_public_is_allowed(address: str) -> None:
    assert Reach().allows(address)


def test_what_is_no_address_is_refused() -> None:
    assert not Reach().allows("localhost")


def test_an_operator_may_allow_networks_addresses_and_names() -> None:
    reach = Reach(["127.0.0.0/8", "fd00::1", "intranet.example"])
    assert reach.allows("127.0.0.9")
    assert reach.allows("::ffff:127.0.0.9")
    assert reach.allows("fd00::1")
    assert not reach.allows("fd00::2")
    assert not reach.allows("10.0.0.1")
    assert reach.allows_host("Intranet.Example.")
    assert not reach.allows_host("other.example")


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("2130706433", "127.0.0.1"),
        ("0x7f.1", "127.0.0.1"),
        ("017700000001", "127.0.0.1"),
        ("0177.0.0.1", "127.0.0.1"),
        ("127.1", "127.0.0.1"),
        ("0xa9fea9fe", "169.254.169.254"),
        ("::1", "::1"),
        ("example.com", None),
        ("1password.com", None),
    ],
)
def test_numbers_are_read_as_resolvers_read_them(host: str, address: str | None) -> None:
    assert as_number(host) == address


def test_a_proxy_is_not_asked_for_private_numbers() -> None:
    reach = Reach()
    for host in ("127.0.0.1", "2130706433", "[::1]", "localhost", "a.localhost", "0x7f.1"):
        assert not reach.allows_literal(host)
    assert reach.allows_literal("www.example.com")
    assert Reach(["localhost"]).allows_literal("localhost")
