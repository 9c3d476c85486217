"""Settings that all tests share."""

from __future__ import annotations

import os
import tempfile

from hypothesis import settings

# No deadline: a slow machine is no broken law. Derandomised, so that a run is as good as the next one.
settings.register_profile("tenderkit", max_examples=60, deadline=None, derandomize=True)
settings.load_profile("tenderkit")


_cache = tempfile.TemporaryDirectory()


def pytest_configure():
    """Keep the tests, and every process that they start, away from the cache of whoever runs them."""
    os.environ["TENDERKIT_CACHE"] = _cache.name


def pytest_unconfigure():
    """Take the tests' own cache away."""
    _cache.cleanup()
