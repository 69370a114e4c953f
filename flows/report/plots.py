"""Small plots as SVG: read at a glance, with the exact figures in each column's title."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from markupsafe import Markup

WIDTH: Final = 240
HEIGHT: Final = 56
_GAP: Final = 2.0
_COLUMN: Final = Markup(
    '<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"><title>{told}</title></rect>'
)
_PLOT: Final = Markup(
    '<svg viewBox="0 0 {width} {height}" role="img" aria-label="{label}" preserveAspectRatio="none">{columns}</svg>'
)


def columns(values: Sequence[tuple[datetime, float]]) -> Markup | None:
    """A column for each (moment, value), from zero; None when there is nothing to plot."""
    if not values:
        return None
    top = max(value for _, value in values) or 1.0
    step = min(WIDTH / len(values), WIDTH / 6)
    drawn = [
        _COLUMN.format(
            x=number * step,
            y=HEIGHT - (height := max(value / top * HEIGHT, 1.0)),
            width=max(step - _GAP, 1.0),
            height=height,
            told=f"{moment:%Y-%m-%d %H:%M}: {value:.4g}",
        )
        for number, (moment, value) in enumerate(values)
    ]
    label = f"{len(values)} runs, the last {values[-1][1]:.4g}, the highest {top:.4g}"
    return _PLOT.format(width=WIDTH, height=HEIGHT, label=label, columns=Markup("").join(drawn))
