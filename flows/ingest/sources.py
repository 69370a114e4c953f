"""Named sources: a description each in the sources' folder, `NAME.toml`, of what to read, when, and what to expect."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from flows.errors import HearsayError
from flows.settings import Settings


class Quality(BaseModel):
    """What a source is expected to give. A minimum that is missed stops the batch, a maximum that is passed warns."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    judged_from: int = Field(default=20, ge=1, description="new articles of a batch from which on shares tell anything")
    min_dated: float | None = Field(default=None, ge=0, le=1, description="share of articles with a day")
    min_claims_per_article: float | None = Field(default=None, ge=0, description="claims an article, on the average")
    max_undated: float | None = Field(default=None, ge=0, le=1, description="share of articles without a day")
    max_unknown_language: float | None = Field(default=None, ge=0, le=1, description="share of articles in no language")
    max_without_speaker: float | None = Field(default=None, ge=0, le=1, description="share of claims without a speaker")
    max_undecided_actors: float | None = Field(default=None, ge=0, le=1, description="share of names of no actor")
    max_claims_per_article: float | None = Field(default=None, ge=0, description="claims an article, on the average")
    max_repeated_text: float | None = Field(
        default=None, ge=0, le=1, description="share of paragraphs that stand in three stories of one outlet"
    )
    min_weekly_volume: float | None = Field(
        default=None,
        ge=0,
        description="articles of seven days against the source's own median week; however small the batch",
    )
    max_weekly_volume: float | None = Field(
        default=None,
        ge=0,
        description="articles of seven days against the source's own median week; however small the batch",
    )
    max_days_late: float | None = Field(
        default=None, ge=0, description="days by which the median article comes later than in the weeks before"
    )
    max_score_drift: float | None = Field(
        default=None, ge=0, description="stability index of claims' scores against the weeks before"
    )
    max_new_outlets: int | None = Field(
        default=None, ge=0, description="outlets of a batch that were never published before; however small the batch"
    )


class Source(BaseModel):
    """One named source. `path` counts from the folder of its description."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    kind: Literal["folder"]
    path: Path
    outlet: str | None = None
    cron: str | None = Field(default=None, description="when to read it: minute hour day month weekday")
    every_minutes: float | None = Field(default=None, gt=0, description="or how often")
    timezone: str = Field(default="UTC", description="in which `cron` counts, an IANA name")
    stale_after_hours: float | None = Field(default=None, gt=0, description="notice when so long nothing new came")
    quality: Quality = Quality()

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"no time zone {value}: write a name like Europe/Berlin") from error
        return value

    @model_validator(mode="after")
    def _one_schedule(self) -> Source:
        if self.cron is not None and self.every_minutes is not None:
            raise ValueError("give cron or every_minutes, not both")
        if self.cron is not None and len(self.cron.split()) != 5:
            raise ValueError(f"cron has five fields (minute hour day month weekday), not {len(self.cron.split())}")
        if self.cron is not None and not _ever_comes(self.cron):
            raise ValueError(f"cron {self.cron} never comes: no such month has such a day")
        return self

    @property
    def is_scheduled(self) -> bool:
        return self.cron is not None or self.every_minutes is not None


_KEYS: Final = tuple(key for key in Source.model_fields if key != "name")


# What runs of commands that read no source are called.
COMMANDS: Final = ("rebuild", "forget", "quarantine", "backfill", "judge")
_DAYS_IN: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _ever_comes(cron: str) -> bool:
    """Whether any month of the expression has one of its days; what is not numbers is Prefect's to judge."""
    _, _, days, months, weekdays = cron.lower().split()
    for number, name in enumerate(_MONTHS, start=1):
        months = months.replace(name, str(number))
    numbers = re.compile(r"\d+(-\d+)?(,\d+(-\d+)?)*")
    if weekdays != "*" or not numbers.fullmatch(days):  # a day of the month or one of the week
        return True
    wanted = range(1, 13) if not numbers.fullmatch(months) else _numbers(months)
    return any(day <= _DAYS_IN[month - 1] for month in wanted if 1 <= month <= 12 for day in _numbers(days))


def _numbers(field: str) -> list[int]:
    ends = [[int(end) for end in part.split("-")] for part in field.split(",")]
    return [number for first, *last in ends for number in range(first, (last or [first])[0] + 1)]


def described_in(settings: Settings, name: str) -> Path:
    """Where the description of a source of that name would be."""
    return settings.sources / f"{name}.toml"


def load(name: str, path: Path) -> Source:
    """The source that the file describes. Raises HearsayError: H105 not TOML, H107 not a source."""
    try:
        entry = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise HearsayError("H105", path=path, detail=error) from None
    if name in COMMANDS:
        raise _wrong(name, path, f"name it otherwise: {name} is what runs of that command are called")
    unknown = next((key for key in entry if key not in _KEYS), None)
    if unknown is not None:
        raise _wrong(name, path, f"unknown key {unknown}; known are {', '.join(_KEYS)}")
    try:
        found = Source(**{**entry, "name": name})
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        detail = first["msg"].removeprefix("Value error, ")
        raise _wrong(name, path, f"{key}: {detail}" if key else detail) from None
    folder = (path.parent / found.path.expanduser()).resolve()
    return found.model_copy(update={"path": folder})


def every(settings: Settings) -> list[Source]:
    """All named sources, by name. Raises what `load` does."""
    return [load(path.stem, path) for path in sorted(settings.sources.glob("*.toml"))]


def _wrong(name: str, path: Path, detail: str) -> HearsayError:
    return HearsayError("H107", name=name, path=path, detail=detail)
