"""In what one press differs from another: drawn from its seed, seed 5 being the plain one."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

PLAIN = 5
"""The seed of the press that the texts describe as they stand."""

WAYS = ("Fs", "F", "f", "fs", "s", "i", "n", "wF", "wf", "as", "a", "h", "p", "pf", "g", "ns")
"""How outlets let themselves be found; the letters are those of outlets.toml."""

GIVEN = [
    "Anna",
    "Peter",
    "Maria",
    "Thomas",
    "Elena",
    "Samuel",
    "Ruth",
    "Victor",
    "Clara",
    "Hugo",
    "Nadia",
    "Oscar",
    "Irene",
    "Felix",
    "Leila",
    "Bruno",
    "Greta",
    "Omar",
    "Paula",
    "Simon",
    "Tessa",
    "Ivan",
    "Noor",
    "Magnus",
]
FAMILY = [
    "Carter",
    "Reyes",
    "Novak",
    "Lang",
    "Brooks",
    "Okafor",
    "Meyer",
    "Haddad",
    "Costa",
    "Byrne",
    "Ferrari",
    "Jansen",
    "Petrov",
    "Walsh",
    "Moreno",
    "Keller",
    "Dawson",
    "Ibarra",
    "Lindholm",
    "Osei",
    "Vance",
    "Castellan",
    "Whitlock",
    "Sorel",
    "Abara",
    "Tennant",
    "Kovacs",
    "Mercier",
]
FRONT = [
    "North",
    "South",
    "Green",
    "Stone",
    "Silver",
    "River",
    "Lake",
    "Bright",
    "Iron",
    "Clear",
    "West",
    "Maple",
    "Raven",
    "Falcon",
    "Summit",
    "Red",
]
BACK = [
    "ford",
    "field",
    "bridge",
    "port",
    "haven",
    "wood",
    "crest",
    "brook",
    "mere",
    "stead",
    "wick",
    "gate",
    "moor",
    "dale",
]
_SYLLABLES = [
    "ba",
    "ke",
    "lo",
    "mi",
    "nu",
    "ra",
    "se",
    "ti",
    "vo",
    "za",
    "dor",
    "gan",
    "lin",
    "mar",
    "pel",
    "qui",
    "ros",
    "tav",
    "ulm",
    "ven",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variety:
    """How a press is made. Shares are chances, from 0 to 1.

    `renamed` is whether everybody has another name; `weights` are the topics' shares of the
    articles; `links` is out of which numbers of links an article has one; `aside` is how often one
    speaks of another topic in passing, `stray` how often a link leads to another topic, `credit`
    how often an outlet is credited in words, `lead` how often an article leads into a trap; `known`
    is the share of the press that the search endpoint knows; `tags` is how often an outlet has tag
    pages; `ways` is how each outlet lets itself
    be found where that is not as told.
    """

    texts: str = "topics.toml"
    renamed: Mapping[str, str] = field(default_factory=dict)
    weights: tuple[int, ...] = (1, 1, 1, 1, 1, 1)
    articles: int = 432
    links: tuple[int, ...] = (0, 1, 1, 2, 2, 3)
    stray: float = 0.15
    credit: float = 0.35
    aside: float = 0.25
    lead: float = 1.0
    known: float = 2 / 3
    tags: float = 0.3
    ways: tuple[str, ...] = ()
    platforms: int = 1
    forbids: tuple[int, ...] = (7, 33, 58)
    mirrors: int = 1
    hub: int = 500
    headline: float = 1.0


def variety(seed: int, names: Sequence[str], outlets: int) -> Variety:
    """What is peculiar to the press of a seed; `names` are the words that may be other ones."""
    if seed == PLAIN:
        return Variety()
    dice = random.Random(f"variety {seed}")
    return Variety(
        texts=("topics.toml", "island.toml")[seed % 2],
        renamed=_renamed(names, dice),
        weights=dice.choice(((1, 1, 1, 1, 1, 1), (3, 2, 2, 1, 1, 1), (4, 3, 3, 2, 2, 2))),
        articles=dice.choice((402, 432, 480, 520)),
        links=dice.choice(((0, 1, 1, 2, 2, 3), (0, 0, 1, 1, 2), (1, 2, 3, 4), (0, 0, 0, 1, 2, 5))),
        stray=dice.choice((0.05, 0.15, 0.3)),
        credit=dice.choice((0.1, 0.35, 0.6)),
        aside=dice.choice((0.1, 0.25, 0.4)),
        lead=dice.choice((0.7, 1.0, 1.5)),
        known=dice.choice((0.5, 2 / 3, 0.8)),
        ways=tuple(dice.choice(WAYS) for _ in range(outlets)),
        platforms=5,
        forbids=tuple(dice.sample(range(outlets), dice.choice((2, 3, 5)))),
        mirrors=dice.choice((1, 2, 3)),
        hub=dice.choice((500, 800)),
    )


def _renamed(names: Sequence[str], dice: random.Random) -> dict[str, str]:
    """Another name for each, of the kind that its mark says; some ordinary, some unheard of."""
    pools = {"given": list(GIVEN), "family": list(FAMILY)}
    for pool in pools.values():
        dice.shuffle(pool)
    found: dict[str, str] = {}
    for marked in names:
        name, _, kind = marked.partition("=")
        if kind in pools:
            found[name] = pools[kind].pop() if dice.random() < 0.7 else _coined(dice)
        else:
            found[name] = _place(dice, found) if dice.random() < 0.6 else _coined(dice)
    return found


def _place(dice: random.Random, taken: Mapping[str, str]) -> str:
    while (name := dice.choice(FRONT) + dice.choice(BACK)) in taken.values():
        pass
    return name


def _coined(dice: random.Random) -> str:
    return "".join(dice.choice(_SYLLABLES) for _ in range(dice.choice((2, 3, 3)))).capitalize()


def told_anew(text: str, renamed: Mapping[str, str]) -> str:
    """The text with everybody's other name."""
    if not renamed:
        return text
    shape = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, renamed), key=len, reverse=True))})")
    return shape.sub(lambda found: renamed[found[0]], text)
