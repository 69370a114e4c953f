"""What is asked of a run, and what it answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from flows.records import Document, Rejected
    from flows.settings import Settings


FATAL: Final = 1  # exit codes of a run: an audit stopped a batch
SET_ASIDE: Final = 3  # published, and something was set aside or an audit warned


@dataclass(frozen=True)
class RunRequest:
    """One run of the whole pipeline. `now` is its clock, in UTC."""

    sources: tuple[str, ...]
    database: Path
    now: datetime
    settings: Settings
    quiet: bool = False
    verbose: bool = False
    retry: bool = False  # take up again what was set aside
    documents: Iterable[Document | Rejected] | None = None  # what to work on, in place of what the sources hold
    is_past: bool = False  # what is worked on is no news of its sources: it was theirs before


@dataclass(frozen=True)
class RunSummary:
    """What a run did. Counts of claims, events and audits are those of this run; `seconds` are by stage.

    `exit_code` is 0 done, 1 nothing published (a fatal audit), 3 published but something was set aside or warned.
    """

    run_id: str
    database: Path
    n_new: int = 0
    n_unchanged: int = 0
    n_set_aside: int = 0
    n_claims: int = 0
    n_events: int = 0
    n_audits: int = 0
    n_warnings: int = 0
    n_judged: int = 0
    seconds: Mapping[str, float] = field(default_factory=dict)
    exit_code: int = 0
