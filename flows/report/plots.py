"""Small plots as SVG: read at a glance, with the exact figures in each column's title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Plot:
    """A plot with its title and what it comes to in figures; `svg` is None when there is nothing to plot."""

    title: str
    figures: str
    svg: Markup | None


def columns(title: str, values: Sequence[tuple[datetime, float]]) -> Plot:
    """A column for each (moment, value), from zero."""
    if not values:
        return Plot(title, "", None)
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
    last, highest = values[-1][1], max(value for _, value in values)
    figures = f"last {_figure(last)}, highest {_figure(highest)}" if len(values) > 1 else _figure(last)
    svg = _PLOT.format(width=WIDTH, height=HEIGHT, label=f"{title}: {figures}", columns=Markup("").join(drawn))
    return Plot(title, figures, svg)


def _figure(value: float) -> str:
    return f"{value:.0f}" if value >= 100 or value == int(value) else f"{value:.2g}"
