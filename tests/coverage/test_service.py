"""`newsdesk run` and `newsdesk crawl --due` go outward for watched topics by themselves."""

from __future__ import annotations

import json
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.coverage.press.make import Press
from tests.coverage.press.serve import Server
from tests.coverage.test_walk import NEWSDESK, TOPIC, desk, environment, press, server, watched
from tests.waiting import until

__all__ = ["press", "server"]  # the fixtures


def test_the_service_walks_and_a_stop_closes_the_run(
    tmp_path: Path,
    press: Press,
    server: Server,
) -> None:
    def walks() -> list[dict[str, Any]]:
        runs = json.loads(desk(tmp_path, server, "runs", "--json"))
        return [run for run in runs if run["what"] == f"outward {TOPIC}"]

    watched(tmp_path, press, server)
    before = len(server.asked)
    service = subprocess.Popen(
        [NEWSDESK, "--home", tmp_path, "run"], env=environment(server), stderr=subprocess.DEVNULL
    )
    try:
        until(lambda: len(server.asked) > before + 20, seconds=120)
        service.send_signal(signal.SIGTERM)
        assert service.wait(60) == 0
    finally:
        service.kill()
        service.wait()
    (walk,) = walks()
    assert walk["finished"]
    assert (walk["status"], walk["note"]) in {("stopped", "interrupted"), ("done", walk["note"])}
    told = json.loads(desk(tmp_path, server, "coverage", TOPIC, "--json"))
    assert told["articles"]


def test_a_cron_of_ones_own_walks_too(
    tmp_path: Path, press: Press, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDESK_SCHEDULE__TOPICS", "0 0 1 1 *")  # not within this test
    watched(tmp_path, press, server)
    (walk,) = json.loads(desk(tmp_path, server, "crawl", "--due", "--json"))["outward"]
    assert (walk["what"], walk["status"]) == (f"outward {TOPIC}", "done")
    assert json.loads(desk(tmp_path, server, "coverage", TOPIC, "--json"))["articles"]
    # The line of the topic has not come round again.
    assert "outward" not in json.loads(desk(tmp_path, server, "crawl", "--due", "--json"))
