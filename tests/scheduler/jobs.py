"""Small real jobs for the crew: they add, crash, hang, grow and have children of their own."""

from __future__ import annotations

import logging
import os
import queue
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.hand import Hand, Order


def odd_jobs(hand: Hand) -> None:  # noqa: C901 - a list of jobs, one a case
    orders: queue.SimpleQueue[Order | None] = queue.SimpleQueue()
    hand.listen(orders.put)
    hoard = []
    while (order := orders.get()) is not None:
        match order.batch:
            case ("add", *numbers):
                for number in numbers:
                    hand.tell(order.number, number)
                hand.done(order.number, sum(numbers))
            case ("pid",):
                hand.done(order.number, os.getpid())
            case ("say", text):
                complain(text)
                hand.done(order.number)
            case ("grow", size):
                hoard.append(b"x" * size)
                hand.done(order.number)
            case ("fail", text):
                hand.failed(order.number, text)
            case ("die", number):
                os.kill(os.getpid(), number)
                time.sleep(60)
            case ("exit", code):
                os._exit(code)
            case ("child", *deaf):
                ready = "import signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)"
                child = subprocess.Popen([sys.executable, "-c", f"{ready}; time.sleep(600)"])
                hand.tell(order.number, child.pid)
                if deaf:
                    signal.signal(signal.SIGTERM, signal.SIG_IGN)
                hand.tell(order.number, "ready")
                while True:
                    time.sleep(60)


def complain(text: str) -> None:
    """Log an exception, with something beside it that cannot be pickled."""
    try:
        ""[len(text)]
    except IndexError:
        logging.getLogger("odd").exception("%s", text, extra={"spider": lambda: None})


def lasting(hand: Hand) -> None:
    """Close the pipe, and live on."""
    del hand
    os.close(int(sys.argv[2]))
    time.sleep(600)
