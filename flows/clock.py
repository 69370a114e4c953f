"""The run's clock: the only place that reads the time of day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from flows.errors import HearsayError


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


def at(given: str | None) -> datetime:
    """The moment a run is told by `--now`, or the present one.

    `given` is ISO 8601: a date (its midnight, UTC) or a date and time; without a zone it counts as UTC.
    Raises HearsayError H106 when it is neither.
    """
    if given is None:
        return now()
    moment = parse(given)
    if moment is None:
        raise HearsayError("H106", value=given)
    return moment


def parse(text: str) -> datetime | None:
    """Read an ISO 8601 date or date-time as a moment in UTC; None when it is neither."""
    try:
        if len(text) <= len("2014-06-23"):
            return datetime.combine(date.fromisoformat(text), time(), UTC)
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
