"""What stories are about: the sum of their articles' terms, and on which days of which words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from stories.archive.arrays import numbers
from stories.archive.bulk import insert_rows, rows_of
from stories.tables.filing import mention, profile

Mentions = NDArray[np.int64]

STORY_BITS = 40
NOTHING: Mentions = np.zeros(0, dtype=np.int64)

_DAY = 1 << STORY_BITS
_MENTIONED = (
    f"SELECT one.value, (SELECT group_concat(day * {_DAY} + story_id) FROM"  # noqa: S608 - a number
    " (SELECT day, story_id FROM mention WHERE term = one.value AND day <= ?"
    " ORDER BY day DESC, story_id DESC LIMIT ?)) FROM json_each(?) AS one"
)
_MENTIONED_ON_POSTGRESQL = (
    f"SELECT one.term, array(SELECT day * {_DAY}::bigint + story_id FROM mention"  # noqa: S608 - a number
    " WHERE mention.term = one.term AND day <= %s ORDER BY day DESC, story_id DESC LIMIT %s)"
    " FROM unnest(%s::bigint[]) AS one (term)"
)

_PROFILES = (
    "SELECT story_id, first_day, last_day, members, terms, weights FROM profile"
    " WHERE story_id IN (SELECT value FROM json_each(?))"
)
_PROFILES_ON_POSTGRESQL = (
    "SELECT story_id, first_day, last_day, members, terms, weights FROM profile"
    " WHERE story_id = ANY(%s::bigint[])"
)


class Profile(NamedTuple):
    """What a story is about: days since the year 1, and the sum of its members' weighted terms.

    `terms` holds ascending unsigned 32-bit numbers and `weights` 32-bit floats, both little-endian.
    A tuple, for a dozen are read for each article that is filed: it is made the fastest.
    """

    first_day: int
    last_day: int
    members: int
    terms: bytes
    weights: bytes


def mention_of(day: int, story_id: int) -> int:
    """A story on a day as one number, the greater the later."""
    return (day << STORY_BITS) + story_id


def stories_of(mentions: Mentions) -> Mentions:
    """The stories of such numbers."""
    return mentions & ((1 << STORY_BITS) - 1)


class Subjects:
    """The rows of `profile` and `mention` in one transaction."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def mentioned(self, terms: Sequence[int], day: int, most: int) -> dict[int, Mentions]:
        """Of each term the stories that were about it last until `day`, at `most`, in any order.

        Each is a :func:`mention_of`. A bounded number of rows whatever the archive holds: a
        frequent term gives the latest stories alone, a rare one all.
        """
        if self._connection.dialect.name == "sqlite":
            rows = rows_of(self._connection, _MENTIONED, (day, most, json.dumps(list(terms))))
            return {one: np.fromstring(said, np.int64, sep=",") for one, said in rows if said}
        rows = rows_of(self._connection, _MENTIONED_ON_POSTGRESQL, (day, most, numbers(terms)))
        return {one: np.array(said, dtype=np.int64) for one, said in rows}

    def profiles(self, ids: Sequence[int]) -> dict[int, Profile]:
        """What these stories are about."""
        if self._connection.dialect.name == "sqlite":
            rows = rows_of(self._connection, _PROFILES, (json.dumps(list(ids)),))
        else:
            rows = rows_of(self._connection, _PROFILES_ON_POSTGRESQL, (numbers(ids),))
        return {row[0]: Profile(*row[1:]) for row in rows}

    def describe(self, profiles: Mapping[int, Profile]) -> None:
        """Keep what stories are about."""
        insert_rows(
            self._connection,
            profile,
            ("story_id", "first_day", "last_day", "members", "terms", "weights"),
            [(number, *one) for number, one in profiles.items()],
            otherwise="UPDATE SET first_day = excluded.first_day, last_day = excluded.last_day,"
            " members = excluded.members, terms = excluded.terms, weights = excluded.weights",
        )

    def mention(self, mentions: Mapping[int, Iterable[int]]) -> None:
        """Keep of terms which stories were about them on which days: each a `mention_of`."""
        rows = [(one, *divmod(said, _DAY)) for one, some in mentions.items() for said in some]
        insert_rows(self._connection, mention, ("term", "day", "story_id"), sorted(rows))

    def dissolve(self, number: int) -> None:
        """What a story is about is part now of what another one is."""
        self._connection.execute(profile.delete().where(profile.c.story_id == number))

    def forget(self, number: int) -> None:
        """Nothing is known any more of what a story is about."""
        self.dissolve(number)
        self._connection.execute(mention.delete().where(mention.c.story_id == number))
