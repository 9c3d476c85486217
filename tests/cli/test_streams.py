"""Where results go: a file is whole or as it was, and what is no file of its own is written to, never replaced."""

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from tenderkit.cli import streams
from tenderkit.errors import UsageError

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")


def write(result, file):
    streams.write(result, streams.Target(file, ()))


def failing(number, writes):
    """Return a method of Path that does half its work and fails."""

    def fail(self, *arguments):
        writes(self, *(data[: len(data) // 2] for data in arguments if isinstance(data, bytes)))
        raise OSError(number, os.strerror(number))

    return fail


@pytest.fixture
def earlier(tmp_path):
    file = tmp_path / "report.txt"
    file.write_text("an earlier report")
    return file


@pytest.mark.parametrize("result", ["a new report", b"a new report"])
def test_a_result_replaces_an_earlier_one_and_leaves_nothing_beside_it(earlier, result):
    write(result, earlier)
    assert earlier.read_text() == "a new report"
    assert list(earlier.parent.iterdir()) == [earlier]


@pytest.mark.parametrize("result", ["a new report", b"a new report"])
def test_a_file_that_cannot_be_written_to_its_end_stays_as_it_was(earlier, monkeypatch, result):
    monkeypatch.setattr(Path, "write_bytes", failing(errno.ENOSPC, Path.write_bytes))
    with pytest.raises(UsageError, match=r"^'.*report.txt' cannot be written \(No space left on device\)\. Choose"):
        write(result, earlier)
    assert earlier.read_text() == "an earlier report"
    assert list(earlier.parent.iterdir()) == [earlier]


def test_a_file_that_cannot_be_replaced_is_written_where_it_stands(earlier, monkeypatch):
    monkeypatch.setattr(Path, "replace", failing(errno.EBUSY, lambda *_: None))  # a file mounted by itself, say
    write("a new report", earlier)
    assert earlier.read_text() == "a new report"
    assert list(earlier.parent.iterdir()) == [earlier]


def test_a_name_that_no_file_can_have_is_one_line(tmp_path):
    with pytest.raises(UsageError, match=r"cannot be written \(File name too long\)"):
        write("a new report", tmp_path / ("a" * 5000))


@posix
def test_a_file_keeps_who_may_read_it(earlier):
    earlier.chmod(0o600)
    write("a new report", earlier)
    assert stat.S_IMODE(earlier.stat().st_mode) == 0o600


@posix
def test_a_file_that_was_locked_against_writing_is_not_replaced(earlier, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_, **__: False)  # root may do anything
    with pytest.raises(UsageError, match=r"cannot be written \(Permission denied\)"):
        write("a new report", earlier)
    assert earlier.read_text() == "an earlier report"


@posix
def test_a_link_stays_one_and_what_it_leads_to_is_written(earlier):
    link = earlier.with_name("latest.txt")
    link.symlink_to(earlier)
    write("a new report", link)
    assert link.is_symlink()
    assert earlier.read_text() == "a new report"


@posix
def test_a_device_stays_one():
    write("a new report", Path(os.devnull))
    assert Path(os.devnull).is_char_device()


@posix
def test_a_pipe_is_written_to(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = Thread(target=write, args=("a new report", pipe), daemon=True)
    writer.start()
    assert pipe.read_text() == "a new report"
    writer.join(20)
    assert pipe.is_fifo()


TO_STDOUT = """\
import sys
from pathlib import Path
from tenderkit.cli import streams
streams.write("a new report, ", streams.Target(Path("/dev/stdout"), ()))
sys.stdout.write("and more")
"""


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="needs /dev/stdout")
def test_the_name_of_standard_output_works_for_a_pipe_and_for_a_file(tmp_path):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", TO_STDOUT]
    assert subprocess.check_output(command, env=environment) == b"a new report, and more"
    file = tmp_path / "log"
    with file.open("ab") as log:
        subprocess.run(command, env=environment, stdout=log, check=True)
    assert file.read_bytes() == b"a new report, and more"
    assert Path("/dev/stdout").is_symlink()
    assert list(tmp_path.iterdir()) == [file]
