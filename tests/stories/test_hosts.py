"""The host of an address."""

from __future__ import annotations

import pytest

from stories.hosts import bare_host, host, site_key


@pytest.mark.parametrize(
    ("url", "full", "bare"),
    [
        ("https://www.Courier.test:8080/a?b", "www.courier.test", "courier.test"),
        ("http://m.courier.test./", "m.courier.test", "courier.test"),
        ("https://amp.courier.test", "amp.courier.test", "courier.test"),
        ("https://news.courier.test/", "news.courier.test", "news.courier.test"),
        ("https://www.test/", "www.test", "www.test"),
        ("https://user:word@courier.test/", "courier.test", "courier.test"),
        ("https://[::1]:80/", "::1", "::1"),
        ("https://[::1/", "", ""),
        ("mailto:ann@courier.test", "", ""),
        ("", "", ""),
    ],
)
def test_hosts(url: str, full: str, bare: str) -> None:
    assert host(url) == full
    assert bare_host(url) == bare


def test_all_below_a_site_share_its_start() -> None:
    assert site_key("courier.test") == "test.courier."
    assert site_key("news.Courier.test").startswith(site_key("courier.test"))
    assert not site_key("xcourier.test").startswith(site_key("courier.test"))
    assert site_key("büro.test") == site_key("xn--bro-hoa.test")
