"""
Work that can be killed: it runs in a process of its own, and whoever waits for it may stop waiting.

Files are made by strangers, and the libraries that read them are written in C: one of them may run for ever or bring
its process down, and nothing inside that process could stop it. Where the system can fork, the process begins as a
copy of this one, so that it costs next to nothing to start.
"""

from __future__ import annotations

import contextlib
import math
import multiprocessing
import os
import pickle
import signal
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

T = TypeVar("T")
_GRACE = 10  # seconds after which a process that nobody waits for any more ends itself
_BARE = 100_000_000  # bytes that tenderkit has by itself; what a program that calls it holds beyond is no document's
_ITEM, _RAISED, _DONE = "item", "raised", "done"


class LateError(Exception):
    """Nothing came for as long as was agreed; the process was killed."""


class DiedError(Exception):
    """The process ended by itself in the middle of its work; the message says how."""


def watched(
    work: Callable[..., Iterator[T]],
    *arguments: object,
    seconds: float,
    memory: int | None = None,
    method: str | None = None,
) -> Iterator[T]:
    """
    Yield what `work(*arguments)` yields, from a process that is killed when it takes too long.

    Args:
        work: A generator function that stands in a module; what it yields and raises can be pickled.
        arguments: For *work*.
        seconds: From one item to the next.
        memory: Bytes that the process may take, where the system can bound it (Linux).
        method: "fork" or "spawn"; by default whichever is quick and safe on this system.

    Raises:
        LateError: When an item does not come in time.
        DiedError: When the process breaks down.
    """
    context: Any = multiprocessing.get_context(method or ("fork" if sys.platform == "linux" else "spawn"))
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(sender, work, arguments, seconds, memory), daemon=True)
    try:
        process.start()
        sender.close()
        while True:
            if not receiver.poll(seconds):
                raise LateError
            try:
                kind, value = receiver.recv()
            except (EOFError, OSError):
                process.join(1)
                raise DiedError(_how_ended(process.exitcode)) from None
            if kind == _DONE:
                return
            if kind == _RAISED:
                raise value
            yield value
    finally:
        receiver.close()
        if process.pid is not None:
            process.kill()
            process.join()


def _serve(
    sender: Connection,
    work: Callable[..., Iterator[Any]],
    arguments: tuple[Any, ...],
    seconds: float,
    memory: int | None,
) -> None:
    """Send what the work yields; runs in the process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who waits for us is told, and ends us
    _be_quiet()
    _bound_memory(memory)
    try:
        _stay_alive(seconds)
        for item in work(*arguments):
            sender.send((_ITEM, item))
            _stay_alive(seconds)
        sender.send((_DONE, None))
    except BrokenPipeError:
        pass
    except Exception as error:  # noqa: BLE001 - it is raised where it is waited for
        with contextlib.suppress(BrokenPipeError):
            sender.send((_RAISED, portable(error)))


def portable(error: Exception) -> Exception:
    """
    Return an error that survives the way between processes, with its traceback as a note.

    >>> portable(KeyError("a"))
    KeyError('a')
    """
    trace = "".join(traceback.format_exception(error)).rstrip()
    try:
        copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - made in this line
    except Exception:  # noqa: BLE001 - an error may be made of anything
        copy = RuntimeError(f"{type(error).__name__}: {error}")
    copy.add_note(trace)
    return copy if isinstance(copy, Exception) else RuntimeError(trace)


def _stay_alive(seconds: float) -> None:
    """Set the clock at which the process ends itself, should the one that waits for it be gone."""
    if hasattr(signal, "alarm"):
        signal.alarm(min(math.ceil(seconds) + _GRACE, 2**31 - 1))


def _be_quiet() -> None:
    """Send what libraries in C print, warnings and last words, nowhere; what counts goes through the pipe."""
    if os.environ.get("TENDERKIT_DEBUG") == "1":
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        with contextlib.suppress(OSError):  # one that was closed from the start
            os.dup2(nowhere, stream)
    os.close(nowhere)


def _bound_memory(memory: int | None) -> None:
    if memory is None or sys.platform != "linux":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = memory + max(0, _inherited() - _BARE)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def _inherited() -> int:
    """Return the bytes of data that this process has from the one that it was forked from."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _how_ended(code: int | None) -> str:
    """
    Say how a process ended.

    >>> _how_ended(-11), _how_ended(3)
    ('signal 11', 'exit code 3')
    """
    return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
