"""What a run has done so far: counts, and seconds by stage."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from flows.requests import FATAL, SET_ASIDE

if TYPE_CHECKING:
    from flows.intake import Intake

STAGES: Final = ("ingest", "set-up", "prefect", "clean", "extract", "resolve", "validate", "publish")
COUNTS: Final = (
    "n_new",
    "n_unchanged",
    "n_superseded",
    "n_set_aside",
    "n_claims",
    "n_events",
    "n_checks",
    "n_checks_failed",
)


@dataclass
class Tally:
    """What a run has done so far; `seconds` by stage."""

    n_new: int = 0
    n_unchanged: int = 0
    n_superseded: int = 0
    n_set_aside: int = 0
    n_claims: int = 0
    n_events: int = 0
    n_checks: int = 0
    n_checks_failed: int = 0
    n_judged: int = 0
    is_fatal: bool = False
    n_batches: int = 0
    _entered: float = 0.0
    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STAGES, 0.0))

    @contextmanager
    def spending(self, stage: str) -> Iterator[None]:
        """Count the time inside as that stage's."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - start

    def pass_over(self, intake: Intake) -> None:
        """Count what of a batch was dealt with before."""
        self.n_unchanged += intake.n_unchanged
        self.n_set_aside += intake.n_known_bad

    def enter_prefect(self) -> None:
        """Start counting what Prefect takes before the flow's body runs, and after it."""
        self._entered = time.perf_counter()

    def leave_prefect(self) -> None:
        """The flow's body runs now, or the flow is over."""
        self.seconds["prefect"] += time.perf_counter() - self._entered

    @property
    def exit_code(self) -> int:
        return FATAL if self.is_fatal else SET_ASIDE if self.n_set_aside or self.n_checks_failed else 0

    def counts(self) -> dict[str, int]:
        """The counts that `ops.runs` keeps."""
        return {name: getattr(self, name) for name in COUNTS}
