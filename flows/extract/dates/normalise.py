"""From a match of the grammar to what it means before any anchor is known: a Reading.

One function a rule, named after it. Values follow TIMEX3 (TimeML 1.2.1). A reader returns None when the words, looked
at closely, are no time expression.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from flows.extract.dates.amounts import amount_value, number
from flows.extract.dates.clocks import clock_part, is_open
from flows.extract.dates.grammar import Match

_SUN: Final = ("dawn", "daybreak", "sunrise", "dusk", "sunset", "nightfall")
MOST_WEEKDAYS: Final = 4  # a month has no more of each for certain


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression says. `op` names the function of `resolve` that turns it into a value.

    `n` is None for a vague amount; `rel` one of last, past, next, coming, previous, following, latest, this, that,
    the; `part` what follows the day in the value (`TMO`, `T10:35`); `edge` START, MID, END, EARLIER or LATER.
    """

    op: str
    timex: str = "DATE"
    value: str = ""
    year: int | None = None
    month: int | None = None
    day: int | None = None
    to_day: int | None = None
    weekday: int | None = None
    unit: str = ""
    n: float | None = None
    rel: str = ""
    part: str = ""
    edge: str = ""
    year_rel: str = ""
    text: str = ""


def read(match: Match) -> Reading | None:
    """The meaning of `match`, None when it has none."""
    reader = READERS.get(match.rule)
    found = reader(match) if reader is not None else None
    return replace(found, edge=found.edge or _edge(match)) if found is not None else None


def _edge(match: Match) -> str:
    for piece in match.groups.get("edge", ()):
        if piece.kind in ("EARLY", "LATE", "MID", "EDGE"):
            return piece.value
        if piece.kind in ("EARLIER", "LATER"):
            return piece.kind
    return ""


def relation(match: Match, group: str = "rel") -> str:
    """The relation that "the past", "this coming", "that same" … say."""
    pieces = {piece.kind: piece.text.lower() for piece in match.groups.get(group, ())}
    for kind, said in (
        ("NEXT", "next"), ("FOLLOWING", "following"), ("PREVIOUS", "previous"), ("LATEST", "latest"),
    ):  # fmt: skip
        if kind in pieces:
            return "coming" if pieces[kind] in ("coming", "upcoming") else said
    if "LAST" in pieces:
        return "last" if "THIS" in pieces or pieces["LAST"] == "last" else "past"
    if "THAT" in pieces or "SAME" in pieces:
        return "that"
    if "THIS" in pieces or "CURRENT" in pieces or "PRESENT" in pieces:
        return "this"
    if "ORD" in pieces:
        return "first"
    return "the" if pieces else ""


def year_of(match: Match) -> int | None:
    """The year that the match names."""
    if not match.groups.get("year"):
        return None
    digits = re.sub(r"\D", "", match.value("year"))
    if len(digits) == 2:
        return int(digits) + (1900 if int(digits) >= 40 else 2000)
    return int(digits)


def _year_relation(match: Match) -> str | None:
    """ "" when no year is spoken of; None when "of last …" goes on with another unit than a year."""
    if not match.groups.get("yrel"):
        return ""
    return relation(match, "yrel") if match.value("yunit") == "Y" else None


def _part(match: Match) -> str:
    found = match.value("part") or match.value("part2") or match.value("part3")
    if not found:
        return ""
    return f"T{found}" if not found.startswith("D") or found == "DT" else "TMO"


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
    day, year_rel = int(match.value("day")), _year_relation(match)
    if not 1 <= day <= 31 or year_rel is None:
        return None
    part, weekday = _part(match), match.value("weekday")
    return Reading(
        "month_day", "TIME" if part else "DATE", year=year_of(match), month=int(match.value("month")), day=day,
        weekday=int(weekday) if weekday else None, rel=relation(match), part=part, year_rel=year_rel,
    )  # fmt: skip


def day_of_month(match: Match) -> Reading | None:
    """ "on the 22nd", "the night of the second": digits only without a part of the day, "the second" is anything."""
    day, part = match.value("day"), _part(match)
    written = match.groups["day"][0].text[0].isdigit() or bool(part)
    timex = "TIME" if part else "DATE"
    return Reading("day_of_month", timex, day=int(day), part=part) if written and 1 <= int(day) <= 31 else None


def day_range(match: Match) -> Reading | None:
    first = month_day(match)
    last = int(match.value("to"))
    return replace(first, op="day_range", to_day=last) if first and first.day and first.day < last <= 31 else None


def month(match: Match) -> Reading | None:
    year_rel = _year_relation(match)
    if year_rel is None:
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
    year_rel = _year_relation(match)
    if year_rel is None:
        return None
    return Reading("season", value=match.value("season"), year=year_of(match), rel=relation(match), year_rel=year_rel)


def quarter(match: Match) -> Reading | None:
    unit, number, year_rel = match.value("unit"), match.value("ord"), _year_relation(match)
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
    part = _part(match)
    return Reading(
        "weekday", "TIME" if part else "DATE", weekday=int(match.value("weekday")), rel=relation(match), part=part
    )


weekday_part = weekday


def weekday_of_week(match: Match) -> Reading | None:
    """ "Thursday last week", "Tuesday evening next week"."""
    found = weekday(match) if match.value("unit") == "W" else None
    return replace(found, op="weekday_of_week") if found else None


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
    part = "TNI" if match.kinds("deictic") == ("DEICTICNIGHT",) else _part(match)
    return Reading("deictic", "TIME" if part else "DATE", n=int(match.value("deictic")), part=part)


def day_part(match: Match) -> Reading | None:
    return Reading("day_part", "TIME", rel=relation(match), part=_part(match))


point = day_part


def sun(match: Match) -> Reading | None:
    """ "before sunrise", "at dusk"; "at night" is any night."""
    part = day_part(match)
    return replace(part, rel="the") if part and match.text("part") in _SUN else None


def clock(match: Match) -> Reading | None:
    part = clock_part(match)
    return Reading("clock", "TIME", part=part, text="half" if is_open(match) else "") if part else None


def clock_of_event(match: Match) -> Reading | None:
    """ "4 a.m. on the day of the storm": the day is that of the event."""
    part = clock_part(match)
    return Reading("clock_of_event", "TIME", part=part) if part else None


def beside_event(match: Match) -> Reading | None:
    """ "the week after the raid": `rel` says on which side of what follows."""
    code, rel = match.value("unit"), "previous" if match.kinds("dir") == ("BEFORE",) else "following"
    if match.groups.get("part"):
        return Reading("beside_event", "TIME", unit="D", n=1, rel=rel, part=_part(match))
    return Reading("beside_event", unit=code, n=1, rel=rel) if code in ("D", "W", "M", "Y") else None


def half_month(match: Match) -> Reading | None:
    """ "the second half of October": `n` is which half."""
    n = int(match.value("ord"))
    return Reading("half_month", n=n, month=int(match.value("month")), year=year_of(match)) if n <= 2 else None


def unit(match: Match) -> Reading | None:
    code, rel = match.value("unit"), relation(match)
    if code.startswith("T") or not rel:
        return None
    if rel == "past" and code in ("E", "C", "W", "M", "D"):
        return replace(_duration(code, 1), op="period", rel=rel)
    return Reading("unit", unit=code, rel=rel, text=match.text("unit"))


def the_unit(match: Match) -> Reading | None:
    code, direction = match.value("unit"), match.kinds("to")
    if code.startswith("T") or code in ("E", "C", "F"):
        return None
    if match.first_kind == "POSS_PRONOUN" and code != "Q" and not match.groups.get("fiscal"):
        return None
    if direction:
        step = "previous" if direction == ("BEFORE",) else "following"
        return Reading("unit", unit=code, rel=step) if code in ("D", "W", "M", "Y") else None
    if code == "D" and not _edge(match):
        return None
    return Reading("unit", unit=code, rel="the", text=match.text("unit"))


def length(match: Match) -> Reading | None:
    """ "the year ended March 31": a length, and what its end says stands beside it."""
    code = match.value("unit")
    return _duration(code, 1) if code in ("Y", "M", "W") else None


def one_day(_match: Match) -> Reading | None:
    return Reading("one_day", value="FUTURE_REF")


def week_of(match: Match) -> Reading | None:
    found = month_day(match)
    return replace(found, op="week_of") if found else None


def year_end(match: Match) -> Reading | None:
    code = match.groups["edge"][0].value
    return Reading("unit", unit=code, rel="the", edge="END") if code in ("Y", "M", "Q") else None


def _amount(match: Match) -> float | None:
    """The number of units, the lower end of a range; None for a vague amount."""
    if match.groups.get("few"):
        return None
    if match.groups.get("a"):
        return float(match.value("na") or 1)
    return number(match.value("n1")) + (0.5 if match.groups.get("nhalf") else 0)


def _duration(code: str, n: float | None) -> Reading:
    return Reading("duration", "DURATION", value=amount_value(code, n), unit=code, n=n)


def units_rel(match: Match) -> Reading | None:
    n = _amount(match)
    rel, code = relation(match), match.value("unit")
    return replace(_duration(code, n), op="period", rel=rel)


def units_vague(match: Match) -> Reading | None:
    kinds = {piece.kind for piece in match.groups["rel"]}
    code = match.value("unit")
    if code.startswith("T"):
        return Reading("duration", "DURATION", value=amount_value(code, None), unit=code)
    past = bool(kinds & {"LAST", "RECENT"})
    if ("RECENT" in kinds and code in ("W", "M")) or not kinds & {"LAST", "RECENT", "FUTUREADJ"}:
        return Reading("duration", "DURATION", value=amount_value(code, None), unit=code)
    return Reading("vague", value="PAST_REF" if past else "FUTURE_REF")


def ago(match: Match) -> Reading | None:
    n = _amount(match) if len(match.groups) > 2 else None
    code = match.value("unit")
    kind = match.kinds("dir")[0]
    if code.startswith("T") and kind in ("BEFORE", "FROMNOW"):
        return None
    return Reading("offset", "DATE", unit=code, n=n, rel=kind.lower(), value=amount_value(code, n))


def duration(match: Match) -> Reading | None:
    n = _amount(match)
    code = match.value("unit")
    if match.kinds("n1") == ("HALF",):
        n = 0.5
    if match.groups.get("half") and n is not None:
        n += 0.5
    return _duration(code, n)


def weekends(match: Match) -> Reading | None:
    """ "At weekends": each of them."""
    return Reading("set", "SET", value="XXXX-WXX-WE") if match.value("unit") == "WE" else None


def bare_units(match: Match) -> Reading | None:
    return _duration(match.groups["unit"][0].value, 1 if match.groups.get("long") else None)


def set(match: Match) -> Reading | None:  # noqa: A001  named after its rule
    if match.groups.get("adverb"):
        return Reading("set", "SET", value=match.value("adverb"))
    kinds = match.kinds("what") or match.kinds("what2")
    value = match.value("what") or match.value("what2")
    if kinds[0] in ("WEEKDAY", "WEEKDAYS"):
        tail = match.value("parts")
        return Reading("set", "SET", value=f"XXXX-WXX-{value}{'T' + tail if tail else ''}")
    if kinds[0] == "MONTH":
        return Reading("set", "SET", value=f"XXXX-{int(value):02}")
    if kinds[0] == "PART":
        return Reading("set", "SET", value=f"XXXX-XX-XXT{value}")
    if kinds[0] == "SEASON":
        return Reading("set", "SET", value=f"XXXX-{value}")
    if value == "WE":
        return Reading("set", "SET", value="XXXX-WXX-WE")
    n = match.value("n") or ("2" if match.kinds("ord") == ("OTHERWORD",) else match.value("ord"))
    return Reading("set", "SET", value=amount_value(value, float(n) if n and n != "X" else None if n else 1.0))


def vague(match: Match) -> Reading | None:
    if match.groups.get("past"):
        if match.text("past") != "past":
            return None
        return Reading("the_past", value="PAST_REF")
    return Reading("vague", value=match.value("vague"), text=match.kinds("vague")[0])


READERS: Final[Mapping[str, Callable[[Match], Reading | None]]] = {
    function.__name__: function
    for function in (
        nothing, length, one_day,
        iso, slashed, day_of_month, month_day, day_range, month, year, decade, century, season, quarter, year_period,
        year_ago_period, period, holiday, weekday, weekday_of_week, nth_weekday, nth_week, day_before, half_month,
        deictic,
        day_part, sun, clock, clock_of_event, beside_event, unit, the_unit, week_of,
        year_end, units_rel, units_vague, ago, duration, weekends, bare_units, set, vague,
    )
} | {"fiscal_year": year, "weekday_part": weekday, "point": day_part}  # fmt: skip
