"""Which network addresses may be connected to: public ones, and those that the operator allows."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from socket import inet_aton

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# Python's own is_global knows most of the registries, but calls multicast, protocol assignments,
# NAT64 and 6to4 global, and 3.11 misses carrier-grade NAT in is_private. What is named here is
# refused whatever it says (IANA special-purpose registries, RFC 6890 and its successors).
_SPECIAL = tuple(
    ip_network(block)
    for block in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "::/96",
        "::ffff:0:0/96",
        "::ffff:0:0:0/96",
        "64:ff9b:1::/48",
        "100::/64",
        "100:0:0:1::/64",
        "2001::/23",
        "2001:db8::/32",
        "2620:4f:8000::/48",
        "3fff::/20",
        "5f00::/16",
        "fc00::/7",
        "fe80::/10",
        "fec0::/10",
        "ff00::/8",
    )
)
_NAT64 = ip_network("64:ff9b::/96")


class Reach:
    """The addresses that may be reached: the public Internet and an operator's exceptions.

    `allowed` holds networks (``127.0.0.0/8``), addresses and host names; a host name allows
    whatever that one name resolves to.
    """

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        networks: list[Network] = []
        hosts: set[str] = set()
        for entry in allowed:
            try:
                networks.append(ip_network(entry.strip("[]"), strict=False))
            except ValueError:
                hosts.add(entry.lower().rstrip("."))
        self.networks = tuple(networks)
        self.hosts = frozenset(hosts)

    def allows_host(self, host: str) -> bool:
        """Whether the operator allows this very name, wherever it leads."""
        return host.lower().rstrip(".") in self.hosts

    def allows(self, address: str) -> bool:
        """Whether a connection to this numeric address may be made."""
        try:
            found = ip_address(address.partition("%")[0])
        except ValueError:
            return False
        inner = innermost(found)
        if any(within(inner, net) or within(found, net) for net in self.networks):
            return True
        return is_public(inner)

    def allows_literal(self, host: str) -> bool:
        """Whether a host may be asked of a proxy: False only for numbers that are not public.

        Understands the spellings that resolvers understand: ``2130706433``, ``0x7f.1``.
        """
        bare = host.strip("[]").rstrip(".").lower()
        if self.allows_host(bare):
            return True
        literal = as_number(bare)
        if literal is not None:
            return self.allows(literal)
        if bare == "localhost" or bare.endswith(".localhost"):
            return self.allows("127.0.0.1")
        return True


@lru_cache(maxsize=4096)
def is_public(address: Address) -> bool:
    """Whether an address belongs to the public, unicast Internet."""
    return (
        address.is_global
        and not address.is_multicast
        and not any(within(address, net) for net in _SPECIAL)
    )


def within(address: Address, network: Network) -> bool:
    """Whether an address lies in a network, of the same family."""
    return address.version == network.version and address in network


def innermost(address: Address) -> Address:
    """Unwrap what a gateway would unwrap: mapped, NAT64, 6to4 and Teredo addresses."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def as_number(host: str) -> str | None:
    """Read a host as a numeric address in any spelling a resolver takes; None if it is a name."""
    try:
        return str(ip_address(host.partition("%")[0]))
    except ValueError:
        pass
    if not host or not (host[0].isdigit()):
        return None
    try:
        return str(IPv4Address(inet_aton(host)))
    except OSError:
        return None
