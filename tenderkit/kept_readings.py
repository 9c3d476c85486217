"""
What the language model said of passages, kept between runs: a draft that is scored again is not read again.

Of a document nothing is kept but these numbers, each row under a digest from which no word can be read back. They are
in one SQLite file in the user's cache folder; one that is missing, broken, locked or full costs time and nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

FILE = "readings.sqlite"
_MOST = 100_000  # passages, some 25 MB; those read longest ago go first
_DIGEST = 16  # bytes: so many that nobody finds two passages with the same
_WIDTH = 2  # bytes of a number
_PATIENCE = 0.5  # seconds that another process may take to write
_TABLE = "CREATE TABLE IF NOT EXISTS readings (name BLOB PRIMARY KEY, numbers BLOB NOT NULL)"
_TIDY = "DELETE FROM readings WHERE rowid <= (SELECT max(rowid) FROM readings) - ?"


class KeptReadings:
    """
    Rows of whole numbers, -32,768 to 32,767, by the text that they were made from.

    Args:
        folder: Where; it is made when the first row is written. None keeps nothing.
        made_by: What made them; rows that something else made are not found.
        length: How many numbers a row has.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     kept = KeptReadings(Path(folder), "a network", 2)
    ...     kept.put({"We test.": [125, -7]})
    ...     kept.get(["We test.", "We bake."])
    {'We test.': [125, -7]}
    """

    def __init__(self, folder: Path | None, made_by: str, length: int) -> None:
        self._file = folder / FILE if folder else None
        self._made_by = hashlib.sha256(made_by.encode()).digest()
        self._length = length

    def get(self, texts: Sequence[str]) -> dict[str, list[int]]:
        """Return the rows of those texts of which there is one."""
        found: dict[str, list[int]] = {}
        if self._file is None or not self._file.is_file():
            return found
        with _silent(self._file), _connected(self._file) as connection:
            for text in texts:
                row = connection.execute("SELECT numbers FROM readings WHERE name = ?", (self._name(text),)).fetchone()
                if row and isinstance(row[0], bytes) and len(row[0]) == _WIDTH * self._length:
                    found[text] = array("h", row[0]).tolist()
        return found

    def put(self, rows: Mapping[str, Iterable[int]]) -> None:
        """Keep the rows of texts; silently not, where nothing can be written."""
        if self._file is None:
            return
        with _silent(self._file):
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file.touch(mode=0o600)
            with _connected(self._file) as connection, connection:
                connection.execute(_TABLE)
                named = [(self._name(text), array("h", numbers).tobytes()) for text, numbers in rows.items()]
                connection.executemany("INSERT OR REPLACE INTO readings VALUES (?, ?)", named)
                connection.execute(_TIDY, (_MOST,))

    def _name(self, text: str) -> bytes:
        return hashlib.sha256(self._made_by + text.encode("utf-8", "surrogatepass")).digest()[:_DIGEST]


@contextlib.contextmanager
def _silent(file: Path) -> Iterator[None]:
    """Go on without what was kept where it cannot be used; a file that is no database is taken away."""
    try:
        yield
    except (sqlite3.OperationalError, OSError):  # locked, full, not to be written, without its table
        return
    except sqlite3.DatabaseError:
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)


@contextlib.contextmanager
def _connected(file: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection for a moment, so that no forked process shares one."""
    with contextlib.closing(sqlite3.connect(file, timeout=_PATIENCE)) as connection:
        connection.execute("PRAGMA synchronous = OFF")  # what a crash loses is read again
        yield connection
