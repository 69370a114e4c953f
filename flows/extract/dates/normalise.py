"""From a match of the grammar to what it means before any anchor is known: a Reading.

One function a rule, named after it; those that count in units are in `lengths`. Values follow TIMEX3 (TimeML 1.2.1).
A reader returns None when the words, looked at closely, are no time expression.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from flows.extract.dates import lengths
from flows.extract.dates.clocks import clock_part, is_open
from flows.extract.dates.grammar import Match
from flows.extract.dates.readings import Reading, edge_of, part_of, relation, year_of, year_relation
from flows.resources import words

NOON: Final = 12
MOST_WEEKDAYS: Final = 4  # a month has no more of each for certain


def read(match: Match) -> Reading | None:
    """The meaning of `match`, None when it has none."""
    reader = READERS.get(match.rule)
    found = reader(match) if reader is not None else None
    return replace(found, edge=found.edge or edge_of(match)) if found is not None else None


def nothing(_match: Match) -> Reading | None:
    """Words that look like a time and are none: "the Sunday Times", a 35-year-old."""
    return Reading("nothing")


def iso(match: Match) -> Reading | None:
    return Reading("fixed", "TIME" if "T" in match.value("iso") else "DATE", match.value("iso"))


def slashed(match: Match) -> Reading | None:
    first, second, year = (int(part) for part in match.value("slash").split("/"))
    full = year if year > 99 else year + (1900 if year >= 40 else 2000)
    month, day = (first, second) if first <= 12 else (second, first)
    if first != second and first <= 12 and second <= 12:
        return Reading("either_order", value=f"{full:04}-XX-XX")
    return Reading("fixed", "DATE", f"{full:04}-{month:02}-{day:02}") if month <= 12 and 1 <= day <= 31 else None


def month_day(match: Match) -> Reading | None:
    day, year_rel = int(match.value("day")), year_relation(match)
    if not 1 <= day <= 31 or year_rel is None or _goes_past(match):
        return None
    part, weekday = part_of(match), match.value("weekday")
    return Reading(
        "month_day", "TIME" if part else "DATE", year=year_of(match), month=int(match.value("month")), day=day,
        weekday=int(weekday) if weekday else None, rel=relation(match), part=part, year_rel=year_rel,
    )  # fmt: skip


def _goes_past(match: Match) -> bool:
    """ "beyond": "it would last past 3 May", "runs past June"."""
    return match.text("rel") == "past"


def day_of_month(match: Match) -> Reading | None:
    """ "on the 22nd", "the night of the second": digits only without a part of the day, "the second" is anything."""
    day, part = match.value("day"), part_of(match)
    written = match.groups["day"][0].text[0].isdigit() or bool(part)
    timex = "TIME" if part else "DATE"
    if match.groups.get("unit"):
        of_month = match.value("unit") == "M" and 1 <= int(day) <= 31
        return Reading("day_of_month", day=int(day), rel=relation(match)) if of_month else None
    weekday = int(match.value("weekday")) if match.groups.get("weekday") else None
    found = Reading("day_of_month", timex, day=int(day), part=part, weekday=weekday)
    return found if (written or weekday) and 1 <= int(day) <= 31 else None


def day_range(match: Match) -> Reading | None:
    """ "10–12 June"; two days joined by "and" are taken apart afterwards."""
    first = month_day(match)
    last = int(match.value("to"))
    op = "two_days" if match.groups.get("both") else "day_range"
    return replace(first, op=op, to_day=last) if first and first.day and first.day < last <= 31 else None


def month(match: Match) -> Reading | None:
    year_rel = year_relation(match)
    if year_rel is None or _goes_past(match):
        return None
    return Reading(
        "month", year=year_of(match), month=int(match.value("month")), rel=relation(match), year_rel=year_rel
    )


def year(match: Match) -> Reading | None:
    found = year_of(match)
    return Reading("fixed", value=f"{found:04}") if found is not None and 1500 <= found <= 2999 else None


fiscal_year = year


def decade(match: Match) -> Reading | None:
    digits = re.sub(r"\D", "", match.value("decade"))
    tens = int(digits) if digits else 0
    full = tens if tens > 99 else tens + (1900 if tens >= 20 else 2000)
    return Reading("fixed", value=str(full // 10))


def century(match: Match) -> Reading | None:
    if match.value("unit") != "C":
        return None
    return Reading("fixed", value=f"{int(match.value('n')) - 1:02}")


def season(match: Match) -> Reading | None:
    year_rel = year_relation(match)
    if year_rel is None:
        return None
    return Reading("season", value=match.value("season"), year=year_of(match), rel=relation(match), year_rel=year_rel)


def quarter(match: Match) -> Reading | None:
    unit, number, year_rel = match.value("unit"), match.value("ord"), year_relation(match)
    if year_rel is None or unit not in ("Q", "0.5") or (not number and unit != "Q"):
        return None
    if number and int(number) > (4 if unit == "Q" else 2):
        return None
    if not number:
        return Reading("year_ago", unit="Q", year_rel=year_rel)
    letter = "Q" if unit == "Q" else "H"
    return Reading("quarter", value=f"{letter}{number}", year=year_of(match), rel=relation(match), year_rel=year_rel)


def year_period(match: Match) -> Reading | None:
    unit = match.value("unit")
    if unit not in ("Q", "period"):
        return None
    return Reading("same_period", year=year_of(match), unit="Q" if unit == "Q" else "")


def year_ago_period(match: Match) -> Reading | None:
    unit = match.value("unit")
    if match.value("year") not in ("", "Y") or unit not in ("Q", "period", "") or (match.value("ord") and unit != "Q"):
        return None
    number = match.value("ord")
    return Reading("year_ago", unit=unit, value=f"Q{number}" if number else "")


def period(match: Match) -> Reading | None:
    kinds = {piece.kind for piece in match.groups["unit"]}
    return Reading("latest_period", rel="latest") if kinds == {"PERIOD"} and match.last - match.first == 3 else None


def holiday(match: Match) -> Reading | None:
    week = match.value("week")
    if week not in ("", "W"):
        return None
    return Reading("holiday", value=match.value("holiday"), year=year_of(match), rel=relation(match), unit=week)


def weekday(match: Match) -> Reading | None:
    part = part_of(match)
    return Reading(
        "weekday", "TIME" if part else "DATE", weekday=int(match.value("weekday")), rel=relation(match), part=part
    )


weekday_part = weekday


def weekday_and_weeks(match: Match) -> Reading | None:
    """ "Friday week", "a week on Friday", "two weeks from Friday": that of a week after the coming one."""
    days = {"W": 7, "F": 14}.get(match.value("unit") or match.value("units"))
    count = match.value("n") or "1"
    if days is None or not count.isdigit() or match.text("from") not in ("", "on", "from"):
        return None
    return Reading("weekday", weekday=int(match.value("weekday")), rel="from", n=days * int(count))


def weekday_of_week(match: Match) -> Reading | None:
    """ "Thursday last week", "Tuesday evening next week"."""
    found = weekday(match) if match.value("unit") == "W" else None
    return replace(found, op="weekday_of_week") if found else None


def night_between(match: Match) -> Reading | None:
    """ "the night from Friday to Saturday": that which begins on Friday."""
    first, last = int(match.value("weekday")), int(match.value("next"))
    night = match.value("part") in ("", "NI") and last == first % 7 + 1
    return Reading("weekday", "TIME", weekday=first, part="TNI", text="over") if night else None


def nth_weekday(match: Match) -> Reading | None:
    """ "the first Monday of May": `n` is which one, -1 the last."""
    count = match.value("ord")
    n = -1 if count == "last" else int(count)
    if n > MOST_WEEKDAYS:
        return None
    return Reading(
        "nth_weekday", weekday=int(match.value("weekday")), n=n, month=int(match.value("month")), year=year_of(match)
    )


def nth_week(match: Match) -> Reading | None:
    """ "the last week of October": `n` is which one, -1 the last."""
    if match.value("unit") != "W":
        return None
    n = -1 if match.value("ord") == "last" else int(match.value("ord"))
    return (
        Reading("nth_week", n=n, month=int(match.value("month")), year=year_of(match)) if n <= MOST_WEEKDAYS else None
    )


def day_before(match: Match) -> Reading | None:
    step = -1 if match.kinds("dir") == ("BEFORE",) else 1
    return Reading("weekday", weekday=int(match.value("weekday")), rel=relation(match), n=step)


def deictic(match: Match) -> Reading | None:
    if match.groups.get("tonight"):
        overnight = match.kinds("tonight") == ("OVERNIGHT",)
        return Reading("overnight" if overnight else "deictic", "TIME", n=0, part="TNI")
    part = "TNI" if match.kinds("deictic") == ("DEICTICNIGHT",) else part_of(match)
    return Reading("deictic", "TIME" if part else "DATE", n=int(match.value("deictic")), part=part)


def day_part(match: Match) -> Reading | None:
    return Reading("day_part", "TIME", rel=relation(match), part=part_of(match))


point = day_part


def sun(match: Match) -> Reading | None:
    """ "before sunrise", "at dusk"; "at night" is any night."""
    part = day_part(match)
    return replace(part, rel="the") if part and match.text("part") in words("time_nouns_of_sun", "lemma") else None


def clock(match: Match) -> Reading | None:
    part = clock_part(match)
    return Reading("clock", "TIME", part=part, text="half" if is_open(match) else "") if part else None


def day_at_hour(match: Match) -> Reading | None:
    """ "tomorrow at nine", "on Friday at 10"."""
    day, part = deictic(match) if match.groups.get("deictic") else weekday(match), clock_part(match)
    return replace(day, timex="TIME", part=part) if day and part and int(part[1:3]) <= NOON else None


def clock_of_event(match: Match) -> Reading | None:
    """ "4 a.m. on the day of the storm": the day is that of the event."""
    part = clock_part(match)
    return Reading("clock_of_event", "TIME", part=part) if part else None


def part_of_event(match: Match) -> Reading | None:
    """ "the night of the fire": the day is that of the event."""
    return Reading("part_of_event", "TIME", part=part_of(match), rel="the")


def beside_event(match: Match) -> Reading | None:
    """ "the week after the raid": `rel` says on which side of what follows."""
    code, rel = match.value("unit"), "previous" if match.kinds("dir") == ("BEFORE",) else "following"
    if match.groups.get("part"):
        return Reading("beside_event", "TIME", unit="D", n=1, rel=rel, part=part_of(match))
    return Reading("beside_event", unit=code, n=1, rel=rel) if code in ("D", "W", "M", "Y") else None


def half_month(match: Match) -> Reading | None:
    """ "the second half of October": `n` is which half."""
    n = int(match.value("ord"))
    return Reading("half_month", n=n, month=int(match.value("month")), year=year_of(match)) if n <= 2 else None


def week_of(match: Match) -> Reading | None:
    found = month_day(match)
    return replace(found, op="week_of") if found else None


def one_day(_match: Match) -> Reading | None:
    return Reading("one_day", value="FUTURE_REF")


def vague(match: Match) -> Reading | None:
    if match.groups.get("past"):
        if match.text("past") != "past":
            return None
        return Reading("the_past", value="PAST_REF")
    return Reading("vague", value=match.value("vague"), text=match.kinds("vague")[0])


READERS: Final[Mapping[str, Callable[[Match], Reading | None]]] = {
    function.__name__: function
    for function in (
        nothing, one_day, iso, slashed, day_of_month, month_day, day_range, month, year, decade, century, season,
        quarter, year_period, year_ago_period, period, holiday, weekday, weekday_and_weeks, weekday_of_week,
        nth_weekday, nth_week, day_before, half_month, deictic, day_part, sun, clock, clock_of_event, beside_event,
        day_at_hour, part_of_event, night_between, lengths.unit_after_next,
        week_of, vague, lengths.length, lengths.unit, lengths.the_unit, lengths.year_end, lengths.units_rel,
        lengths.unit_and_half, lengths.units_vague, lengths.ago, lengths.duration, lengths.weekends,
        lengths.bare_units, lengths.set,
    )
} | {"fiscal_year": year, "weekday_part": weekday, "point": day_part}  # fmt: skip
