"""What Alembic runs: the steps, on the connection that it was given."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy.types import TypeEngine

from stories.tables import metadata
from stories.tables.schema import Id, Moment, Prose

WRITTEN = {
    Moment: "sa.DateTime(timezone=True)",
    Prose: "sa.Text()",
}


def is_ours(
    thing: Any,  # noqa: ANN401, ARG001 - the signature is Alembic's
    name: str | None,
    kind: str,
    *_: object,
) -> bool:
    """Leave the text index alone: its tables are made by statements of each engine."""
    return not (kind == "table" and name is not None and name.startswith("article_words"))


def rendered(kind: str, thing: Any, _: object) -> str | Literal[False]:  # noqa: ANN401 - Alembic's
    """Write our own column types as what they are, so that a step stays true when they change."""
    if kind == "type" and isinstance(thing, TypeEngine):
        if type(thing) in WRITTEN:
            return WRITTEN[type(thing)]
        if thing is Id:
            return 'sa.BigInteger().with_variant(sa.Integer(), "sqlite")'
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_object=is_ours,
    render_item=rendered,
    compare_type=True,
)
context.run_migrations()
