"""Clock times as words and digits say them, to the part of a TIMEX3 value behind the day: "T10:35"."""

from __future__ import annotations

from typing import Final

from flows.extract.dates.grammar import Match

PART_OF: Final = ((0, "MO"), (12, "AF"), (18, "EV"))  # first hour of each part of the day


def clock_part(match: Match) -> str | None:
    """ "T16:05" for "4:05 p.m.", "T13:30" for "half past one in the afternoon"; None when it is no time of day.

    Without a half of the day the hours stand as they are written.
    """
    military = match.value("military")
    if military:
        right = len(military) == 4 and int(military[:2]) < 24 and int(military[2:]) < 60
        return f"T{military[:2]}:{military[2:]}" if right else None
    found = _spelled(match) if match.groups.get("past") else _written(match)
    if found is None:
        return None
    hour, minutes = found
    half = _half(match)
    if (half and not 1 <= hour <= 12) or hour > 24 or int(minutes[1:3]) > 59:
        return None
    return f"T{in_half(hour, half):02}{minutes}"


def is_open(match: Match) -> bool:
    """Whether the half of the day is not said."""
    return not (_half(match) or match.groups.get("military") or match.groups.get("zone"))


def with_half(part: str, half: str) -> str:
    """ "T11:00" with its half of the day: "T23:00"; "" when the hour is past noon already."""
    hour = int(part[1:3])
    return f"T{in_half(hour, half):02}{part[3:]}" if 1 <= hour <= 12 else ""


def same_time(one: str, other: str) -> bool:
    """Whether two parts of values may be one time: T04:10 and T04:10, TEV and T21:25."""
    if one[1:2].isdigit() == other[1:2].isdigit():
        return one == other
    return _part_of_day(one) == _part_of_day(other)


def _part_of_day(part: str) -> str:
    if not part[1:3].isdigit():
        return part[1:]
    return [name for hour, name in PART_OF if hour <= int(part[1:3])][-1]


def in_half(hour: int, half: str) -> int:
    """The hour of 24 that an hour of a half of the day ("am", "pm", "" unknown) is."""
    return hour % 12 + (12 if half == "pm" else 0) if half else hour


def _half(match: Match) -> str:
    half = match.value("ampm") or match.value("ampmh") or match.value("ampmo")
    if not half and match.groups.get("inpart"):
        return "am" if match.value("inpart") == "MO" else "pm"
    return half


def _written(match: Match) -> tuple[int, str]:
    if match.groups.get("clock"):
        hours, minutes = match.value("clock").replace(".", ":", 1).split(":", 1)
        return int(hours), ":" + minutes
    return int(match.value("hour")), ":00"


def _spelled(match: Match) -> tuple[int, str] | None:
    """ "half past one", "a quarter to seven", "ten past four"."""
    minutes, hour = match.value("past"), int(match.value("hour"))
    if not 1 <= hour <= 12 or not (minutes.isdigit() or minutes == "Q"):
        return None
    return (hour, f":{int(minutes):02}") if minutes.isdigit() else (hour - 1 or 12, ":45")
