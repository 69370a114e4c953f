"""Calendar arithmetic: from a TIMEX3 value to its days, to EDTF (ISO 8601-2 level 1) and back; holidays.

Weeks are ISO 8601's. Seasons are the northern meteorological ones: SP March to May, SU June to August, FA September to
November, WI December to February of the next year. A decade is 1990 to 1999, a century 1900 to 1999 (so TIMEX3).
"""

from __future__ import annotations

import calendar
import re
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Final

Interval = tuple[date, date]
SEASON_START: Final = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
EDTF_SEASON: Final = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?")


def make(year: int, month: int, day: int) -> date | None:
    """The day, None when there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shift(day: date, days: int) -> date:
    """`day` moved by `days`, kept inside the calendar."""
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


def shift_months(day: date, months: int) -> date:
    """`day` moved by `months`; the last day of the month where that has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year = min(max(index // 12, MINYEAR), MAXYEAR)
    return date(year, index % 12 + 1, min(day.day, _days_in(year, index % 12 + 1)))


def _days_in(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def week(day: date) -> str:
    iso = day.isocalendar()
    return f"{iso.year:04}-W{iso.week:02}"


def quarter(day: date) -> str:
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def season(day: date) -> str:
    """The season that `day` is in, named by the year in which it began."""
    for name in ("FA", "SU", "SP"):
        if day.month >= SEASON_START[name] and day.month < SEASON_START[name] + 3:
            return f"{day.year:04}-{name}"
    return f"{day.year if day.month == 12 else day.year - 1:04}-WI"


def months(year: int, first: int, count: int) -> Interval | None:
    """The first and last day of `count` months from month `first`."""
    if year + (first + count - 2) // 12 > MAXYEAR:
        return None
    last = shift_months(date(year, first, 1), count - 1)
    return date(year, first, 1), date(last.year, last.month, _days_in(last.year, last.month))


def interval(value: str) -> Interval | None:
    """The days that a TIMEX3 value covers, first and last; None when it is underspecified or no date."""
    if "/" in value:
        first, last = (interval(part) for part in value.split("/", 1))
        return (first[0], last[1]) if first and last and first[0] <= last[1] else None
    found = _DAY.fullmatch(value)
    if found:
        day = make(int(found[1]), int(found[2]), int(found[3]))
        return (day, day) if day else None
    try:
        return _longer(value)
    except (ValueError, OverflowError):
        return None


def _longer(value: str) -> Interval | None:
    if re.fullmatch(r"\d{2,3}", value):
        width = 10 ** (4 - len(value))
        return date(max(int(value) * width, 1), 1, 1), date(int(value) * width + width - 1, 12, 31)
    found = re.fullmatch(r"(\d{4})(?:-(\w+))?(?:-WE)?", value)
    if found is None:
        return None
    year, rest = int(found[1]), found[2] or ""
    if not rest:
        return date(year, 1, 1), date(year, 12, 31)
    if rest.isdigit():
        return months(year, int(rest), 1)
    if rest[0] == "W" and rest[1:].isdigit():
        monday = date.fromisocalendar(year, int(rest[1:]), 1)
        return (monday + timedelta(5 if value.endswith("WE") else 0), monday + timedelta(6))
    if rest in SEASON_START:
        return months(year, SEASON_START[rest], 3)
    width = {"Q": 3, "H": 6}.get(rest[0], 0)
    return months(year, (int(rest[1:]) - 1) * width + 1, width) if width and rest[1:].isdigit() else None


def edtf(value: str) -> str | None:
    """The value in EDTF level 1; what level 1 has no word for (weeks, quarters, halves) as an interval of days."""
    days = interval(value)
    if days is None:
        return None
    found = _DAY.fullmatch(value)
    if found:
        return f"{found[1]}-{found[2]}-{found[3]}"
    if re.fullmatch(r"\d{4}(-\d\d)?", value):
        return value
    if re.fullmatch(r"\d{2,3}", value):
        return value + "X" * (4 - len(value))
    if value[5:] in EDTF_SEASON:
        return f"{value[:4]}-{EDTF_SEASON[value[5:]]}"
    return f"{days[0].isoformat()}/{days[1].isoformat()}"


def edtf_interval(text: str) -> Interval | None:
    """The days that an EDTF string written by `edtf` covers."""
    if "/" in text:
        return interval(text)
    names = {str(number): name for name, number in EDTF_SEASON.items()}
    found = re.fullmatch(r"(\d{4})-(2[1-4])", text)
    return interval(f"{found[1]}-{names[found[2]]}" if found else text.rstrip("X"))


def holiday(rule: str, year: int) -> date | None:
    """The day that a rule of data/reference/holidays.tsv gives in `year`."""
    kind, *arguments = rule.split()
    if kind == "fixed":
        month, day = arguments[0].split("-")
        return make(year, int(month), int(day))
    if kind == "easter":
        return shift(easter(year), int(arguments[0]))
    if kind == "thanksgiving":
        return shift(nth_weekday(year, 11, 4, 4), int(arguments[0]))
    if kind == "after":
        month, day = arguments[0].split("-")
        return on_or_after(date(year, int(month), int(day) + 1), int(arguments[1]))
    return nth_weekday(year, int(arguments[0]), int(arguments[1]), int(arguments[2]))


def nth_weekday(year: int, month: int, n: int, weekday: int) -> date:
    """The n-th such weekday (1 Monday to 7 Sunday) of the month; -1 is the last."""
    if n < 0:
        return on_or_before(date(year, month, _days_in(year, month)), weekday)
    return shift(on_or_after(date(year, month, 1), weekday), 7 * (n - 1))


def on_or_after(day: date, weekday: int) -> date:
    return shift(day, (weekday - day.isoweekday()) % 7)


def on_or_before(day: date, weekday: int) -> date:
    return shift(day, -((day.isoweekday() - weekday) % 7))


def easter(year: int) -> date:
    """Western Easter Sunday (the anonymous Gregorian algorithm, Meeus 1991)."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    letter = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    correction = (golden + 11 * epact + 22 * letter) // 451
    month, day = divmod(epact + letter - 7 * correction + 114, 31)
    return date(year, month, day + 1)
