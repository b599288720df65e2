"""The query language (being built)."""


class QueryError(Exception):
    """A query that cannot be understood."""


def parse(query: str) -> str:
    """Parse."""
    if not query:
        raise QueryError("empty")
    return query
