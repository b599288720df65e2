"""What is wrong with a query, at which character, and how to mend it."""

from __future__ import annotations

import re

from stories.lucene import tree as lucene

_PLACE = re.compile(r"position (\d+)")


class QueryError(Exception):
    """A query that cannot be understood: what is wrong, at which character, how to mend it."""

    def __init__(self, message: str, position: int, hint: str = "") -> None:
        super().__init__(message, position, hint)
        self.message = message
        self.position = position
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} (character {self.position + 1})" + (
            f"; {self.hint}" if self.hint else ""
        )


class TooCostly(QueryError):  # noqa: N818 - a verdict on what was asked, named as one
    """A query that would keep everybody else waiting; told before most of it is done."""

    def __init__(self, asked: int, most: int) -> None:
        super().__init__(
            f"it would read at least {asked:,} places of words, and {most:,} are allowed",
            0,
            "fewer words or rarer ones, or a shorter time (--since)",
        )

    def __str__(self) -> str:
        return f"the query is too costly: {self.message}; {self.hint}"


def refusal(item: lucene.Item, message: str, hint: str = "") -> QueryError:
    """What is wrong with a part of luqum's tree."""
    return QueryError(message, item.pos or 0, hint)


def syntax_error(query: str, message: str) -> QueryError:
    """What luqum's parser stumbled over, in an operator's words."""
    found = _PLACE.search(message)
    at = int(found[1]) if found else len(query)
    if query.count("(") > query.count(")"):
        hint = "a closing parenthesis is missing"
    elif query.count("(") < query.count(")"):
        hint = "an opening parenthesis is missing"
    elif query.count('"') % 2:
        hint = "a closing quotation mark is missing"
    elif at >= len(query):
        hint = "a word is missing after the last operator"
    else:
        hint = f"put {query[at]} between quotation marks, or a backslash before it"
    where = "the query ends too early" if at >= len(query) else f"{query[at]} is not expected here"
    return QueryError(where, at, hint)
