"""Average linkage, which leaves two groups apart that hold together much better than with each other.

One threshold is right for no two subjects: reports of two fires in one chain's shops are more alike than many reports
of one debate. What tells is how much less alike the groups are than each of them is in itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Apart:
    """Two groups of `least` members or more are two while their mean likeness is below `part` of either's own.

    An own likeness above `most` counts as `most`: copies of two reports may still be of one thing.
    """

    least: int
    part: float
    most: int

    def keeps(self, total: np.ndarray, size: np.ndarray, i: int, j: int) -> bool:
        """Whether the groups i and j of the sums `total` stay apart."""
        if min(size[i], size[j]) < self.least:
            return False
        own = (total[k, k] / (size[k] * (size[k] - 1)) for k in (i, j))
        return bool(total[i, j] / (size[i] * size[j]) < self.part * min(self.most, *own))


def average_linkage(
    members: Sequence[str], likeness: Mapping[tuple[str, str], int], threshold: int, apart: Apart | None = None
) -> list[list[str]]:
    """Merge the two clusters with the highest mean likeness until none reaches `threshold` (UPGMA, Sokal 1958).

    `likeness` holds whole numbers for pairs (smaller, larger); a missing pair counts 0. Whole numbers keep the sums
    exact, so that the result depends on the set alone; ties go to the smallest members. Clusters that `apart` keeps
    two are passed over, and looked at again when one of them grows.
    """
    order = sorted(members)
    place = {member: i for i, member in enumerate(order)}
    total = np.zeros((len(order), len(order)), dtype=np.int64)  # the diagonal: within a cluster, each pair twice
    for (one, other), value in likeness.items():
        i, j = place[one], place[other]
        total[i, j] = total[j, i] = value
    size = np.ones(len(order), dtype=np.int64)
    clusters = {i: [member] for i, member in enumerate(order)}
    mean = total.astype(np.float64)
    np.fill_diagonal(mean, -1.0)
    while len(clusters) > 1:
        i, j = sorted(divmod(int(mean.argmax()), len(order)))
        if mean[i, j] < threshold:
            break
        if apart is not None and apart.keeps(total, size, i, j):
            mean[i, j] = mean[j, i] = -1.0
            continue
        _merge(total, mean, size, i, j)
        clusters[i] += clusters.pop(j)
    return [sorted(cluster) for cluster in clusters.values()]


def _merge(total: np.ndarray, mean: np.ndarray, size: np.ndarray, i: int, j: int) -> None:
    """Fold row j of the sums of likeness into row i."""
    total[i] += total[j]
    total[:, i] += total[:, j]
    size[i] += size[j]
    size[j] = 0
    mean[j, :] = mean[:, j] = -1.0
    alive = size > 0
    mean[i, alive] = total[i, alive] / (size[i] * size[alive])
    mean[:, i] = mean[i]
    mean[i, i] = -1.0
