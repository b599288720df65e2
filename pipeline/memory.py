"""What a filer keeps in mind between batches, so as not to read it again."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.frequencies import Frequencies
from pipeline.standing import Standing
from stories.archive import Transaction
from stories.archive.rulings import Ruled, Rulings
from stories.archive.sketches import Recalled


@dataclass(slots=True, kw_only=True)
class Memory:
    """What a filer keeps in mind between batches; all of it can be had from the archive again.

    `state` is the archive's state of filing that it belongs to; `openers` has the articles that
    opened stories, with their languages; `apart` articles whose stories are not one, because the
    operator said so, and `ruled` all articles of whose story the operator said anything.
    """

    state: int = 0
    frequencies: Frequencies = field(default_factory=Frequencies)
    standing: dict[int, Standing] = field(default_factory=dict)
    recalled: Recalled = field(default_factory=Recalled)
    joined: dict[int, int] = field(default_factory=dict)
    openers: dict[int, tuple[int, str | None]] = field(default_factory=dict)
    apart: list[tuple[int, int]] = field(default_factory=list)
    ruled: set[int] = field(default_factory=set)

    def catch_up(self, tx: Transaction) -> None:
        """Take up what others have filed or ruled since, and mark the archive as changed anew."""
        state = tx.vocabulary.state()
        if state != self.state:
            self.frequencies.learn(tx.vocabulary)
            self.standing.clear()
            self.recalled.forget()
            self.openers.clear()
            self.joined = tx.events.joined()
            pairs = [
                (one.what, one.article, one.other)
                for one in Rulings(tx.connection).all()
                if one.what in {Ruled.SPLIT, Ruled.MERGE} and one.other is not None
            ]
            self.apart = [(one, other) for what, one, other in pairs if what is Ruled.SPLIT]
            self.ruled = {number for _, *both in pairs for number in both}
        self.state = tx.vocabulary.mark(state + 1)
