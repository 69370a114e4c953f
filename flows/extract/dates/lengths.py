"""Readers of what is counted in units: "last week", "two years ago", "three days", "every month".

One function a rule of the grammar, named after it, as in `normalise`.
"""

from __future__ import annotations

from dataclasses import replace

from flows.extract.dates.amounts import amount_value, number
from flows.extract.dates.grammar import Match
from flows.extract.dates.readings import Reading, edge_of, relation


def unit(match: Match) -> Reading | None:
    code, rel = match.value("unit"), relation(match)
    if code.startswith("T") or not rel:
        return None
    if rel == "last" and code in ("W", "M", "Y") and "past" in match.text("rel"):
        rel = "past"  # "this past year"
    if rel == "last" and code in ("W", "M", "Y") and "THE" in match.kinds("rel") and not match.groups.get("fiscal"):
        # "over the last week" are the days up to today, "last week" is that of the calendar
        return replace(_duration(code, 1), op="period", rel=rel)
    if (rel == "past" and code in ("C", "W", "M", "D")) or (rel in ("past", "last", "next") and code in ("E", "F")):
        return replace(_duration(code, 1), op="period", rel=rel)
    return Reading("unit", unit=code, rel=rel, text=f"{match.text('rel')} {match.text('fiscal')}{match.text('unit')}")


def the_unit(match: Match) -> Reading | None:
    code, direction = match.value("unit"), match.kinds("to")
    if code.startswith("T") or code in ("E", "C", "F"):
        return None
    if match.first_kind == "POSS_PRONOUN" and code != "Q" and not match.groups.get("fiscal"):
        return None
    if direction:
        step = "previous" if direction == ("BEFORE",) else "following"
        return Reading("unit", unit=code, rel=step) if code in ("D", "W", "M", "Y") else None
    if code == "D" and not edge_of(match):
        return None
    return Reading("unit", unit=code, rel="the", text=match.text("unit"))


def unit_after_next(match: Match) -> Reading | None:
    """ "the week after next", "the year before last": two units from the present one."""
    code, after = match.value("unit"), match.kinds("dir") == ("AFTER",)
    if (
        code not in ("W", "M", "Y")
        or after != (match.kinds("rel") == ("NEXT",))
        or match.text("rel") in ("past", "coming")
    ):
        return None
    return Reading("offset", unit=code, n=2, rel="fromnow" if after else "ago")


def length(match: Match) -> Reading | None:
    """ "the year ended March 31": a length, and what its end says stands beside it."""
    code = match.value("unit")
    return _duration(code, 1) if code in ("Y", "M", "W") else None


def year_end(match: Match) -> Reading | None:
    code = match.groups["edge"][0].value
    return Reading("unit", unit=code, rel="the", edge="LAST") if code in ("Y", "M", "Q") else None


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


def unit_and_half(match: Match) -> Reading | None:
    """ "the past year and a half"."""
    code = match.value("unit")
    return replace(_duration(code, 1.5), op="period", rel=relation(match)) if code in ("D", "W", "M", "Y") else None


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
    if match.groups.get("exact"):
        return _to_the_day(code, n, int(match.value("exact")))
    return Reading("offset", "DATE", unit=code, n=n, rel=kind.lower(), value=amount_value(code, n))


def _to_the_day(code: str, n: float | None, day: int) -> Reading | None:
    """ "three weeks ago today"."""
    if n is None or n != int(n) or code not in ("D", "W", "M", "Y") or day > 0:
        return None
    return Reading("offset", unit=code, n=n, rel="ago", day=day)


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
