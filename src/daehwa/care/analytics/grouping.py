"""Sums, averages and the like of groups of rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from daehwa.care.analytics.turn_log import Ints


class Groups:
    """Rows in groups: those that agree in all of the columns, which hold numbers.

    ``of_row`` is each row's group, from 0 on; ``keys`` has each group's numbers, a row a group.
    Without columns there is one group, even of no rows.
    """

    def __init__(self, columns: list[Ints], rows: int) -> None:
        if not columns:
            self.keys: Ints = np.zeros((1, 0), dtype=np.int64)
            self.of_row: Ints = np.zeros(rows, dtype=np.int64)
            return
        # Each column's numbers become small ones, so that together they fit into one.
        small, kept = [], []
        for column in columns:
            values, places = np.unique(column, return_inverse=True)
            kept.append(values)
            small.append(places)
        together = small[0]
        for values, places in zip(kept[1:], small[1:], strict=True):
            together = together * max(len(values), 1) + places
        _, first, of_row = np.unique(together, return_index=True, return_inverse=True)
        self.of_row = of_row
        self.keys = np.stack([column[first] for column in columns], axis=1)

    def __len__(self) -> int:
        return len(self.keys)

    def count(self, rows: npt.NDArray[Any] | None = None) -> npt.NDArray[np.float64]:
        """How many rows each group has, or how much of ``rows`` together."""
        weights = None if rows is None else rows.astype(np.float64)
        counted = np.bincount(self.of_row, weights=weights, minlength=len(self))
        return counted.astype(np.float64)

    def most(self, rows: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        """The most that a row of each group has; 0 in a group without rows."""
        most = np.zeros(len(self))
        if len(rows):
            most = np.full(len(self), -np.inf)
            np.maximum.at(most, self.of_row, rows.astype(np.float64))
            most[np.isneginf(most)] = 0
        return most

    def quantiles(
        self, rows: npt.NDArray[Any], shares: tuple[float, ...]
    ) -> list[npt.NDArray[np.float64]]:
        """What those shares of each group's rows do not exceed; not a number without rows.

        Rows that are not a number are left out.
        """
        kept = ~np.isnan(rows)
        group, values = self.of_row[kept], rows[kept]
        order = np.lexsort((values, group))
        values = values[order]
        sizes = np.bincount(group, minlength=len(self))
        begins = np.cumsum(sizes) - sizes
        empty = sizes == 0
        results = []
        for share in shares:
            if not len(values):
                results.append(np.full(len(self), np.nan))
                continue
            place = begins + np.maximum(np.ceil(share * sizes).astype(np.int64) - 1, 0)
            result = values[np.minimum(place, len(values) - 1)]
            results.append(np.where(empty, np.nan, result))
        return results
