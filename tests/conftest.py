"""Settings that all tests share."""

from __future__ import annotations

from hypothesis import settings

# No deadline: a slow machine is no broken law. Derandomised, so that a run is as good as the next one.
settings.register_profile("tenderkit", max_examples=60, deadline=None, derandomize=True)
settings.load_profile("tenderkit")
