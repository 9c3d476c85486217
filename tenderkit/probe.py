"""
A linear probe: what a vocabulary has learned to hear in the language model that travels with tenderkit.

The network reads a passage into some hundred numbers, whatever it was trained for. One weight for each of them makes
the log-odds that it speaks of an outcome (Alain and Bengio, "Understanding intermediate layers using linear classifier
probes", 2016). `tenderkit vocab fit --probe` learns these weights in minutes where a network would take hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import msgpack
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FILE = "probe.msgpack"
_LENGTH = 10.0  # to which the numbers of every passage are brought, so that none speaks louder than another


@dataclass(frozen=True, slots=True, eq=False)
class Probe:
    """
    The weights of some outcomes.

    Attributes:
        starts: Where the sum of each outcome begins.
        weights: A row for each outcome, a column for each number of the network.
    """

    starts: NDArray[np.float64]
    weights: NDArray[np.float64]

    def log_odds(self, whole: Sequence[float]) -> list[float]:
        """
        Return the log-odds of each outcome, from the network's numbers of a passage.

        >>> Probe(np.array([0.5]), np.array([[0.25, 0.0]])).log_odds([3.0, 4.0])
        [2.0]
        """
        return [float(number) for number in self.weights @ brought_to_length(whole) + self.starts]

    def packed(self) -> bytes:
        """Return the bytes of its file: starts in full, weights as halves of a number, which is finer than told."""
        packed: bytes = msgpack.packb({"starts": self.starts.tolist(), "weights": self.weights.astype("<f2").tobytes()})
        return packed

    @classmethod
    def unpacked(cls, file: bytes) -> Probe:
        """
        Return the probe of a file.

        Raises:
            ValueError: When it is not one.

        >>> Probe.unpacked(Probe(np.array([0.5]), np.array([[0.25, 0.0]])).packed()).weights.tolist()
        [[0.25, 0.0]]
        """
        try:
            told = msgpack.unpackb(file)
            starts = np.array(told["starts"], dtype=float)
            weights = np.frombuffer(told["weights"], dtype="<f2").astype(float).reshape(len(starts), -1)
        except (ValueError, TypeError, KeyError, msgpack.UnpackException) as error:
            raise ValueError("no probe") from error
        return cls(starts, weights)


def brought_to_length(whole: Sequence[float]) -> NDArray[np.float64]:
    """
    Return the network's numbers of a passage as they are weighed.

    >>> brought_to_length([3.0, 4.0]).tolist()
    [6.0, 8.0]
    """
    numbers = np.asarray(whole, dtype=float)
    return numbers * (_LENGTH / (sqrt(float(numbers @ numbers)) or 1.0))
