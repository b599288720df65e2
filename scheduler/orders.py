"""A worker's loop: one order after the other, until there are no more or on SIGTERM."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable

from scheduler.hand import Hand, Order

_log = logging.getLogger(__name__)


async def work_off(hand: Hand, do: Callable[[Order], Awaitable[object]]) -> None:
    """Do every order that `hand` is given, and say how it went.

    An order that fails is reported and costs the next one nothing. SIGTERM cancels what is being
    done, and ends the loop.
    """
    loop = asyncio.get_running_loop()
    orders: asyncio.Queue[Order | None] = asyncio.Queue()
    hand.listen(lambda order: loop.call_soon_threadsafe(orders.put_nowait, order))
    myself = asyncio.current_task()
    if myself is not None:
        loop.add_signal_handler(signal.SIGTERM, myself.cancel)
    while (order := await orders.get()) is not None:
        try:
            result = await do(order)
        except Exception as error:  # noqa: BLE001 - the next order must not pay for this one
            _log.exception("order %d failed", order.number)
            hand.failed(order.number, f"{type(error).__name__}: {error}")
        else:
            hand.done(order.number, result)
