"""Work that can be killed: it takes too long, breaks down, or takes too much memory, and only it is lost."""

import os
import sys
import time

import pytest

from tenderkit import batch
from tenderkit.readers import Failure, read, read_all
from tenderkit.readers.limits import LIMITS, SECONDS, Limits
from tenderkit.watch import DiedError, LateError, watched


def count(most):
    yield from range(most)


def sleep(_):
    yield 1
    time.sleep(60)
    yield 2


def break_down(_):
    yield 1
    os._exit(7)


def refuse(_):
    message = "no such thing"
    raise KeyError(message)
    yield


def chatter(_):
    os.write(1, b"a warning")
    os.write(2, b"a warning")
    yield 1


def hoard(size):
    try:
        yield len(bytearray(size))
    except MemoryError:
        yield -1


def test_what_the_work_yields_comes_out_in_order():
    assert list(watched(count, 3, seconds=20)) == [0, 1, 2]


def test_work_that_takes_too_long_is_killed():
    began = time.monotonic()
    work = watched(sleep, None, seconds=0.3)
    assert next(work) == 1
    with pytest.raises(LateError):
        next(work)
    assert time.monotonic() - began < 20


def test_work_that_breaks_down_says_how():
    work = watched(break_down, None, seconds=20)
    assert next(work) == 1
    with pytest.raises(DiedError, match="exit code 7"):
        next(work)


def test_what_libraries_print_is_not_seen(capfd):
    assert list(watched(chatter, None, seconds=20)) == [1]
    assert capfd.readouterr() == ("", "")


def test_an_error_of_the_work_is_raised_where_it_is_waited_for():
    with pytest.raises(KeyError, match="no such thing"):
        list(watched(refuse, None, seconds=20))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process")
def test_work_that_takes_too_much_memory_is_refused():
    assert list(watched(hoard, 2_000_000_000, seconds=20, memory=1_000_000_000)) == [-1]


def test_a_document_that_takes_too_long_is_unread_with_the_way_to_wait_longer(tmp_path, monkeypatch):
    def slow(data, path, **means):
        if b"slow" in data:
            time.sleep(60)
        return read(data, path, **means)

    monkeypatch.setattr("tenderkit.readers.read", slow)
    (tmp_path / "a.md").write_text("slow")
    (tmp_path / "b.md").write_text("The hall is green.")
    with pytest.raises(Exception, match="longer than 1 seconds; raise it with --timeout"):
        batch.read_one(str(tmp_path / "a.md"), batch.Options(seconds=1))
    assert batch.read_one(str(tmp_path / "b.md"), batch.Options(seconds=20)).text == "The hall is green."


def test_what_the_program_around_it_holds_is_not_counted_as_the_memory_of_a_document():
    around = bytearray(400_000_000)
    assert list(watched(hoard, 50_000_000, seconds=20, memory=250_000_000)) == [50_000_000]
    assert len(around) == 400_000_000


def test_a_document_that_takes_too_much_memory_says_how_to_raise_it(monkeypatch):
    def greedy(*_):
        raise MemoryError

    monkeypatch.setattr("tenderkit.readers.boilerplate.mark", greedy)
    (failure,) = read_all(b"We will test.", "bid.txt", limits=Limits(memory_bytes=5))
    assert isinstance(failure, Failure)
    assert failure.why.endswith("the limit is 5; split it, or raise 'memory-bytes' in [limits] of tenderkit.toml")


def test_the_defaults_are_those_that_the_help_names():
    assert SECONDS == 60
    assert LIMITS.memory_bytes < 4_000_000_000
