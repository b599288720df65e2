"""Ways that wait, and the promise of a topic of which nothing is known, as tests give them."""

from __future__ import annotations

from spiders.budget import Budget
from spiders.promise import Promise
from stories.config import Config
from stories.ways import Way, WayKind


def way(host: str, number: int = 1, **more: object) -> Way:
    told: dict[str, object] = {
        "key": f"{host}/a-b-c-{number}",
        "url": f"https://{host}/a-b-c-{number}",
        "kind": WayKind.PAGE,
        "how": "citation",
        "parent": None,
        "distance": 1,
    }
    return Way(**(told | more))  # type: ignore[arg-type] # a test's shorthand


def promise() -> Promise:
    config = Config.model_validate({"home": "/nowhere"})
    return Promise(config, Budget(config))
