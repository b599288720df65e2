"""One transaction, and what can be said in it."""

from __future__ import annotations

from sqlalchemy import Connection

from stories.archive.addresses import Addresses
from stories.archive.articles import Articles
from stories.archive.asking import Asking
from stories.archive.copies import Copies
from stories.archive.coverage import Coverage
from stories.archive.events import Events
from stories.archive.kin import Kin
from stories.archive.ledger import Ledger
from stories.archive.runs import Runs
from stories.archive.shelf import Shelf
from stories.archive.sketches import Sketches
from stories.archive.sources import Sources
from stories.archive.subjects import Subjects
from stories.archive.topics import Topics
from stories.archive.vocabulary import Vocabulary


class Transaction:
    """What can be read, and in a writing transaction changed, until it ends."""

    __slots__ = (
        "addresses",
        "articles",
        "asking",
        "connection",
        "copies",
        "coverage",
        "events",
        "kin",
        "ledger",
        "runs",
        "sketches",
        "sources",
        "subjects",
        "topics",
        "vocabulary",
    )

    def __init__(self, connection: Connection, shelf: Shelf) -> None:
        self.connection = connection
        self.sources = Sources(connection)
        self.addresses = Addresses(connection)
        self.articles = Articles(connection)
        self.copies = Copies(connection)
        self.sketches = Sketches(connection)
        self.coverage = Coverage(connection)
        self.events = Events(connection)
        self.kin = Kin(connection)
        self.subjects = Subjects(connection)
        self.topics = Topics(connection, shelf)
        self.asking = Asking(connection, shelf)
        self.runs = Runs(connection)
        self.ledger = Ledger(connection)
        self.vocabulary = Vocabulary(connection)
