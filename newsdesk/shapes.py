"""The nouns as JSON: what ``--json`` prints, documented in docs/commands.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from stories.model import Run, SourceState, Story, Verdict


def moment(at: datetime | None) -> str | None:
    """An instant as ISO 8601 with its offset."""
    return None if at is None else at.isoformat()


def story(one: Story) -> dict[str, object]:
    """A story without its articles."""
    return {
        "id": one.id,
        "title": one.title,
        "first": moment(one.first_at),
        "last": moment(one.last_at),
        "articles": one.articles,
        "copies": one.copies,
        "outlets": list(one.outlets),
        "languages": list(one.languages),
        "topics": list(one.topics),
        "lead": one.lead,
        "first_report": one.first,
    }


def run(one: Run) -> dict[str, object]:
    """A run with its counts."""
    return {
        "id": one.id,
        "what": one.what,
        "status": one.status,
        "note": one.note,
        "started": moment(one.started),
        "finished": moment(one.finished),
        "counts": dict(one.counts),
        "adds_up": one.adds_up,
    }


def source(one: SourceState) -> dict[str, object]:
    """A source with how its polls went."""
    return {
        "name": one.source.name,
        "declared": one.source.declared,
        "kind": one.source.kind.value,
        "url": one.source.url,
        "outlet": one.source.outlet,
        "schedule": one.source.schedule,
        "polled": moment(one.polled),
        "status": one.status.value if one.status else None,
        "error": one.error,
        "failures": one.failures,
        "sightings": one.sightings,
        "articles": one.articles,
        "due": moment(one.due),
    }


def verdict(run_id: int, one: Verdict) -> dict[str, object]:
    """What became of an address in one run."""
    return {
        "run": run_id,
        "at": moment(one.at),
        "outcome": one.outcome.value,
        "reason": one.reason,
        "source": one.source,
        "retry_at": moment(one.retry_at),
        "steps": [{"at": moment(step.at), "what": step.what} for step in one.steps],
    }
