"""
Score every file of a folder by itself and print what happened: `python tests/bench/robustness.py DIR [--timeout N]`.

A file passes when `tenderkit score` ends with 0, 1 or 3, within time and memory, and says nothing on standard error
but its own lines.
"""

import argparse
import os
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

_MEGABYTES = 1_000  # peak that a file may take
_FINE = {0, 1, 3}


def measure(file, timeout):
    """Return exit code, seconds, peak megabytes of the largest process, output and errors for one file."""
    command = [sys.executable, "-m", "tenderkit", "score", "--quiet", f"--timeout={timeout}", str(file)]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        with ThreadPoolExecutor(2) as pool:
            streams = [pool.submit(stream.read) for stream in (process.stdout, process.stderr)]
            _, status, usage = os.wait4(process.pid, 0)
            out, err = (stream.result().decode("utf-8", "replace") for stream in streams)
        process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, time.perf_counter() - began, usage.ru_maxrss / 1024, out, err


def judge(code, peak, seconds, timeout, err):
    """Return what is wrong with a run."""
    wrong = []
    if code not in _FINE:
        wrong.append(f"exit code {code}")
    if "Traceback" in err or "a bug of ours" in err:
        wrong.append("traceback" if "Traceback" in err else "bug")
    if any(line and not line.startswith("tenderkit: ") for line in err.splitlines()):
        wrong.append("noise")
    if len(err.splitlines()) > 1 and code == 3:
        wrong.append("several lines")
    if peak > _MEGABYTES:
        wrong.append("memory")
    if seconds > timeout + 5:
        wrong.append("time")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--timeout", type=float, default=60)
    parser.add_argument("--verbose", action="store_true", help="show standard error of files that fail")
    chosen = parser.parse_args()
    results, slow, large, failed = Counter(), 0.0, 0.0, 0
    for file in sorted(path for path in chosen.folder.rglob("*") if path.is_file()):
        code, seconds, peak, out, err = measure(file, chosen.timeout)
        wrong = judge(code, peak, seconds, chosen.timeout, err)
        result = (err.strip() if code == 3 else out.strip()).splitlines() or [f"exit {code}"]
        told = result[0].removeprefix("tenderkit: ").removeprefix(f"{file.name}: ")
        print(
            f"{'FAIL' if wrong else 'ok':4} {code:3} {seconds:5.1f} s {peak:5.0f} MB  {file.name[:48]:48} {told[:70]}"
        )
        if wrong:
            failed += 1
            print(f"     {', '.join(wrong)}")
            if chosen.verbose:
                print(err)
        results[code] += 1
        slow, large = max(slow, seconds), max(large, peak)
    codes = ", ".join(f"{count} with exit code {code}" for code, count in sorted(results.items()))
    print(f"\n{results.total()} files: {codes}. Slowest {slow:.1f} s, largest {large:.0f} MB. {failed} failed.")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
