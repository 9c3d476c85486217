"""
Ratios with 95 % intervals, by drawing the passages again.

Intervals come from the percentile bootstrap (Efron and Tibshirani, *An Introduction to the
Bootstrap*, 1993, chapter 13). Where passages name their `group` (the source they were drawn from), whole groups are
drawn instead of passages (Davison and Hinkley, *Bootstrap Methods and their Application*, 1997, section 3.8), since
passages of one source are alike and would make the interval look narrower than it is. With few groups the interval
is rough. The seed is fixed: the same labels and the same vocabulary give the same figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Counts = NDArray[np.float64]  # whole numbers, so that sums are exact in any order

RESAMPLES = 2000
_SEED = 20220712


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure between 0 and 1 with its 95 % interval; all None where there is nothing to measure."""

    value: float | None
    low: float | None
    high: float | None


def ratio(part: Counts, whole: Counts) -> Counts:
    """Return *part* over *whole*, place by place; NaN where the whole is 0."""
    result = np.full(np.broadcast_shapes(part.shape, whole.shape), np.nan)
    np.divide(part, whole, out=result, where=np.broadcast_to(whole > 0, result.shape))
    return result


def estimate(value: float, spread: Counts) -> Estimate:
    """Return a figure with the interval of its resamples; none where the figure is NaN."""
    usable = spread[~np.isnan(spread)]
    if np.isnan(value) or not usable.size:
        return Estimate(None, None, None)
    low, high = np.quantile(usable, (0.025, 0.975))
    return Estimate(value, min(float(low), value), max(float(high), value))


def resamples(groups: Sequence[str]) -> Counts:
    """
    Return how often each passage stands in each resample.

    The raw stream of PCG64 is used, which NumPy promises never to change; its distributions may.
    """
    clusters: dict[str | int, int] = {}
    for i, group in enumerate(groups):
        clusters.setdefault(group or i, len(clusters))  # a passage without a group stands for itself
    member = np.array([clusters[group or i] for i, group in enumerate(groups)], dtype=np.intp)
    size = len(clusters)
    drawn = np.random.PCG64(_SEED).random_raw(RESAMPLES * size) % np.uint64(max(size, 1))
    rows = np.repeat(np.arange(RESAMPLES), size)
    times = np.bincount(rows * size + drawn.astype(np.intp), minlength=RESAMPLES * size).reshape(RESAMPLES, size)
    return times[:, member].astype(np.float64)
