"""
What is slow to make and always comes out the same, kept between runs in the user's own cache folder.

An entry is found by a key that names everything it was made from, so a stale one is never read; one that is missing,
broken or cannot be written costs time and nothing else. Entries are plain data (msgpack): nothing in them is executed.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

VARIABLE = "TENDERKIT_CACHE"  # a folder of the user's choice; empty for no cache
_KEPT = 12  # entries, three for each vocabulary; the ones used longest ago go first
_DIGEST = 32  # bytes of SHA-256 before the data


class Cache:
    """
    A folder of entries.

    Args:
        folder: Where; it is made when the first entry is written. None keeps nothing.

    Attributes:
        folder: The same.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     kept = Cache(Path(folder))
    ...     kept.put("a key", {"words": ["share", "data"]})
    ...     kept.get("a key"), kept.get("another")
    ({'words': ('share', 'data')}, None)
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def _file(self, folder: Path, key: str) -> Path:
        return folder / f"{hashlib.sha256(key.encode()).hexdigest()[:40]}.msgpack"

    def get(self, key: str) -> Any:
        """Return what was put under *key*, lists as tuples; None where there is nothing, or nothing whole."""
        if self.folder is None:
            return None
        from msgpack import unpackb

        file = self._file(self.folder, key)
        try:
            data = file.read_bytes()
            if hashlib.sha256(data[_DIGEST:]).digest() != data[:_DIGEST]:
                return None
            name, value = unpackb(data[_DIGEST:], use_list=False, strict_map_key=False, raw=False)
            with contextlib.suppress(OSError):
                os.utime(file)
        except (OSError, ValueError, TypeError):
            return None
        return value if name == key else None

    def put(self, key: str, value: object) -> None:
        """Keep a value of mappings, sequences, texts, numbers and bytes; silently not, where nothing can be written."""
        if self.folder is None:
            return
        from msgpack import packb

        data = packb((key, value), use_bin_type=True)
        with contextlib.suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder, suffix=".new")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(hashlib.sha256(data).digest() + data)
                Path(name).replace(self._file(self.folder, key))
            except OSError:
                Path(name).unlink(missing_ok=True)
            self._tidy(self.folder)

    @staticmethod
    def _tidy(folder: Path) -> None:
        found = sorted(folder.glob("*.msgpack"), key=lambda file: file.stat().st_mtime, reverse=True)
        for file in found[_KEPT:]:
            file.unlink(missing_ok=True)


@cache
def user_cache() -> Cache:
    """Return the cache of this user, in the place where their system keeps such things."""
    from platformdirs import user_cache_path

    named = os.environ.get(VARIABLE)
    if named is not None:
        return Cache(Path(named) if named else None)
    folder = user_cache_path("tenderkit", appauthor=False)
    return Cache(folder if folder.is_absolute() else None)  # a user without a home has no such place
