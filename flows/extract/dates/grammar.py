"""The rules that recognise time expressions: patterns over classes of pieces.

A pattern is a regular expression whose letters are classes: `MONTH DAYNUM (COMMA? YEAR)?`. Each class becomes one
private character, the pieces of a text one string, so that the regular expression engine does the matching.
`{name}` puts in a macro. Groups carry what the reader of the rule needs (`flows.extract.dates.normalise`);
the group `skip` is no part of the extent.
Extents follow TimeML 1.2.1 (Saurí et al. 2006): no leading preposition, early/late and quantifiers inside.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import heappop, heappush
from typing import Final, TypeVar

from flows.extract.dates.lexer import Piece

T = TypeVar("T")
MACROS: Final = {
    "n": "(?:NUM|SMALL|DAYNUM|SCALED)",
    "unit": "(?P<unit>UNIT|UNITS)",
    # "about two", "a few", "two or three", "2 more", "eight trading"
    "qty": "(?:ABOUT|OVER)? (?:ABOUT|OVER)? (?:(?P<a>A) (?P<na>SCALED?)|THE? (?P<few>A_FEW|FEW)|(?P<n1>{n})"
    " (?:(?:TO|OR|DASH) (?P<n2>{n})|AND A (?P<nhalf>HALF))?) MOREWORD? MORE? (?:DASH)?",
    # without an article "following" is a preposition: "following Tuesday's vote"
    "rel": "(?P<rel>(?:THE|POSS_PRONOUN)? (?:LAST|NEXT|PREVIOUS|LATEST|CURRENT|PRESENT)|(?:THE|POSS_PRONOUN) FOLLOWING"
    "|THIS (?:LAST|NEXT|SAME)?"
    "|THAT SAME?|THE SAME)",
    "edge": "(?P<edge>(?:THE? (?:EARLY|LATE|MID|EDGE) (?:PART OF)?|EARLIER|LATER) (?:DASH|IN|ON|OF)?)",
    "weekday": "(?P<weekday>WEEKDAY)",
    "anyday": "(?P<weekday>WEEKDAY|WEEKDAYSHORT)",
    "month": "(?P<month>MONTH|MONTHSHORT)",
    "day": "(?P<day>DAYNUM|ORD)",
    "yearof": "(?:(?:OF|COMMA)? (?P<yrel>LAST|NEXT|THIS|THAT|(?<=OF)(?:THAT|THE) SAME|PREVIOUS|FOLLOWING)"
    " (?P<yunit>UNIT))",
    "to_next": "(?:DASH|TO|AND|INTO)",
    # What may stand after an adverb at the end of its clause.
    "last_word": r"(?=COMMA|STOP|GAP|LONGDASH|QUOTE|\Z)",
    "year": "(?P<year>YEAR|SHORTYEAR)",
    "nth_quarter": "(?P<fiscal>FISCAL)? DASH? (?P<ord>ORD) (?P<unit>UNIT|HALF)",
    "of_year": "(?:(?:OF|COMMA)? FISCAL? {year}|{yearof})",
    "of_that_year": "(?:COMMA? {year}|{yearof})",
    "part": "(?P<part>PART|POINT|OVERNIGHT)",
    "clock": "(?:(?P<clock>CLOCK) (?P<ampm>AMPM)?|(?P<hour>DAYNUM|SMALL) (?:(?P<ampmh>AMPM)|OCLOCK (?P<ampmo>AMPM)?))"
    " {in_part}? (?P<zone>ZONE)?",
    "spoken_hour": "(?P<hour>DAYNUM|SMALL) (?:(?P<ampmh>AMPM)|{in_part})?",
    "in_part": "(?:IN THE (?P<inpart>PART))",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern; `name` is also the name of the function in `normalise` that reads its matches."""

    name: str
    pattern: str


# The longest match wins; among equals the first rule.
RULES: Final = (
    Rule(
        "nothing",
        "(?:WEEKDAY|MONTH|SEASON) (?:PAPER|TIMESWORD)|NAME|A? THAN (?:LAST|NEXT)|(?:THE|A) (?:LAST|NEXT) (?:TIMESWORD)",
    ),
    Rule("nothing", "(?:ABOUT|OVER|A|THE)? {n} DASH? (?:UNIT|UNITS) DASH? OLD"),
    Rule("nothing", "(?:POSS_PRONOUN|TEENS AND) (?:EARLY|LATE|MID)? (?:DASH)? (?:SHORTDECADE|DECADEWORD)"),
    # "the fall of the city", "the winter of discontent"
    Rule("nothing", "(?:THE|A)? (?:EARLY|LATE)? SEASON OF (?!YEAR|SHORTYEAR|LAST|NEXT|THIS)"),
    Rule("iso", "(?P<iso>ISO)"),
    Rule("slashed", "(?P<slash>SLASH)"),
    Rule("day_range", "{month} {day} (?:DASH|TO|(?P<both>AND)) (?P<to>DAYNUM|ORD) (?:COMMA? {year}|{yearof})?"),
    Rule("day_range", "(?P<day>DAYNUM) (?:DASH|TO|(?P<both>AND)) (?P<to>DAYNUM) {month} (?:COMMA? {year}|{yearof})?"),
    Rule("day_range", "THE? (?P<day>ORD) (?:DASH|TO|(?P<both>AND)) THE? (?P<to>ORD) OF {month} {of_that_year}?"),
    Rule(
        "month_day",
        "(?:{anyday} COMMA?)? ABOUT? {edge}? {month} {day} (?:COMMA? {year}|{yearof})?",
    ),
    Rule("month_day", "(?:THIS NEXT)? {anyday} COMMA {month} {day} (?:COMMA? {year})?"),
    Rule("month_day", "(?P<skip>THIS) {anyday} COMMA {month} {day} (?:COMMA? {year})?"),
    Rule("month_day", "(?:{anyday} COMMA? THE?)? {day} OF? {month} (?:COMMA? {year}|{yearof})?"),
    Rule("month_day", "(?P<rel>LAST|NEXT|THIS) {month} {day} (?:COMMA? {year})?"),
    Rule("month_day", "THE (?P<part>PART) OF (?:{anyday} COMMA?)? {month} {day} {of_that_year}?"),
    Rule("month_day", "THE (?P<part>PART) OF (?:{anyday} COMMA?)? (?P<day>DAYNUM|ORD) {month} {of_that_year}?"),
    Rule("day_of_month", "THE (?P<part>PART) OF THE (?P<day>ORD) {last_word}"),
    Rule("month_day", "THE (?P<day>ORD) OF {month} (?:COMMA? {year}|{yearof})?"),
    # a night belongs to the day on which it begins
    Rule("month_day", "THE (?P<part>PART) OF (?P<day>DAYNUM) (?:DASH|TO|AND) DAYNUM {month} (?:COMMA? {year})?"),
    Rule("month_day", "THE (?P<part>PART) OF {month} (?P<day>DAYNUM) (?:DASH|TO|AND) DAYNUM (?:COMMA? {year})?"),
    Rule("month", "ABOUT? {edge}? {month} (?:COMMA|OF)? {year}"),
    Rule("month", "THIS {month} COMMA {year}"),
    Rule("month", "THE FULL UNIT OF {month} (?:COMMA|OF)? {year}?"),
    Rule("month", "{edge}? {rel}? (?P<month>MONTH) (?!DAYNUM|ORD) {yearof}?"),
    Rule("year", "ABOUT? {edge}? (?P<year>YEAR) (?:AND LATER|OR LATER|AND BEYOND|AND AFTER)?"),
    Rule("year", "THE UNIT (?P<year>YEAR|NUM)"),
    Rule("year", "{edge} (?P<year>SHORTYEAR)"),
    Rule("fiscal_year", "{edge}? (?:FISCAL UNIT?) {year}"),
    Rule("decade", "(?:THE LAST (?:HALF) OF)? {edge}? THE? (?P<decade>DECADE|SHORTDECADE|DECADEWORD)"),
    Rule("century", "{edge}? THE? (?P<n>ORD) DASH? (?P<unit>UNIT)"),
    Rule("season", "{edge}? {rel}? THE? (?P<season>SEASON) (?:(?:OF|COMMA)? {year}|{yearof})?"),
    Rule("quarter", "{edge}? (?:{rel}|THE|POSS_PRONOUN|A)? {nth_quarter} {of_year}?"),
    Rule("quarter", "(?P<skip>THE|POSS_PRONOUN|A)? (?P<fiscal>FISCAL)? (?P<ord>ORD) DASH (?P<unit>UNIT|HALF)"),
    Rule("quarter", "THE (?P<year>YEAR) (?P<fiscal>FISCAL)? (?P<ord>ORD) DASH? (?P<unit>UNIT|HALF)"),
    Rule("quarter", "(?P<yrel>LAST|NEXT|THIS|THAT) (?P<yunit>UNIT) POSSESSIVE (?P<ord>ORD)? DASH? (?P<unit>UNIT|HALF)"),
    Rule("quarter", "(?P<ord>ORD) (?:CARDINAL|SMALL) UNITS OF {year}"),
    Rule("year_period", "THE {year} (?P<unit>UNIT|PERIOD)"),
    Rule("year_ago_period", "THE? COMPARABLE? UNIT DASH? (?:AGO|EARLIER) (?P<ord>ORD)? DASH? (?P<unit>UNIT|PERIOD)"),
    Rule("year_ago_period", "(?P<skip>THE|A)? (?P<year>UNIT) DASH (?:AGO|EARLIER)"),
    Rule("year_ago_period", "THE (?:COMPARABLE|SAME) (?P<unit>UNIT|PERIOD) (?:IN|OF)? (?:LAST|PREVIOUS) UNIT"),
    Rule("period", "THE (?:LATEST|CURRENT|SAME)? (?P<unit>PERIOD)"),
    Rule("holiday", "{edge}? {rel}? (?P<holiday>HOLIDAY) (?P<week>UNIT)? (?P<part>PART)? (?:(?:OF|COMMA)? {year})?"),
    Rule("set", "THE (?:ORD|LAST) (?P<what>WEEKDAY) OF (?:EACH|THE|A) UNIT"),
    Rule("half_month", "{edge}? THE (?P<ord>ORD) HALF OF {month} (?:COMMA|OF)? {year}?"),
    Rule("nth_weekday", "THE (?P<ord>ORD|LAST) {weekday} (?:OF|IN) {month} {year}?"),
    Rule("nth_week", "THE (?P<ord>ORD|LAST) (?P<unit>UNIT) (?:OF|IN) {month} (?:COMMA|OF)? {year}?"),
    Rule("weekday", "{edge}? {rel}? {weekday} {part}?"),
    Rule("weekday", "{rel}? {weekday} AT (?P<part>POINT)"),
    Rule("weekday", "THE {part} {weekday}"),
    Rule("weekday", "THE {weekday} (?P<rel>BEFORE|AFTER) (?:THAT|{last_word})"),
    # "Friday week", "a week on Friday"
    Rule("weekday_and_weeks", "{weekday} (?P<unit>UNIT) (?!DASH)"),
    Rule("weekday_and_weeks", "(?:A (?P<unit>UNIT)|(?P<n>{n}) (?P<units>UNITS)) (?P<from>ON|BY) {weekday}"),
    Rule("weekday_of_week", "{edge}? {weekday} {part}? OF? (?P<rel>LAST|NEXT|THIS) (?P<unit>UNIT)"),
    Rule(
        "weekday_part",
        "(?:THE (?P<part3>PART) OF|(?P<part>PART|POINT) (?:ON|COMMA)?|(?P<edge>MID) DASH? (?P<part2>PART)) {weekday}",
    ),
    # "in the night from Friday to Saturday", "Friday night into Saturday morning": the night that begins on the first
    Rule(
        "night_between",
        "(?:THE (?P<part>PART) (?:OF|BY|BETWEEN)|OVERNIGHT (?:BY|BETWEEN)?) {weekday} {to_next} (?P<next>WEEKDAY)",
    ),
    Rule("day_before", "THE? UNIT (?P<dir>BEFORE|AFTER) (?P<rel>LAST|NEXT) {weekday}"),
    Rule("deictic", "{edge}? (?P<deictic>DEICTIC) {part}?"),
    Rule("deictic", "(?P<edge>MID) DASH? (?P<part>PART) (?P<deictic>DEICTIC)"),
    Rule("deictic", "(?P<deictic>DEICTICNIGHT)"),
    Rule("deictic", "{edge}? (?P<tonight>TONIGHT|OVERNIGHT)"),
    Rule("beside_event", "THE (?:FISCAL? (?P<unit>UNIT)|(?P<part>PART)) (?=(?P<dir>BEFORE|AFTER|FOLLOWING))"),
    Rule("part_of_event", "THE (?P<part>PART) (?=OF (?:THE|A|POSS_PRONOUN) OTHER)"),
    Rule("day_part", "{edge}? (?P<rel>THIS|THAT SAME?|THE? (?:LAST|NEXT|PREVIOUS|FOLLOWING|SAME)) {part}"),
    Rule("day_part", "(?P<rel>THE) {part}"),
    Rule("day_part", "(?P<edge>MID|LATE|EARLY) DASH? (?P<part>PART)"),
    Rule("point", "(?P<part>POINT)"),
    Rule("sun", "(?P<skip>AT|BEFORE|AFTER|BY|TO|SINCE) (?P<part>PART) (?!ON|COMMA? WEEKDAY)"),
    Rule("clock", "ABOUT? {clock}"),
    Rule("clock", "(?P<military>YEAR|NUM) (?P<zone>ZONE)"),
    # "half past one", "a quarter to seven"; of minutes only "ten past four": "ten to four" may be a vote
    Rule("clock", "(?:ABOUT|OVER)? A? (?P<past>PASTHOUR) {spoken_hour}"),
    Rule("clock", "(?:ABOUT|OVER)? A (?P<past>UNIT) TO {spoken_hour}"),
    Rule("clock", "(?P<skip>AT) ABOUT? (?P<hour>DAYNUM|SMALL) (?=(?:WEEKDAY|DEICTIC) PART)"),
    Rule(
        "day_at_hour",
        "(?:(?P<deictic>DEICTIC)|{rel}? (?<!TO)(?<!DASH) {weekday}) AT (?P<hour>DAYNUM|SMALL) {last_word}",
    ),
    Rule("clock_of_event", "{clock} ON THE UNIT OF (?!MONTH|LAST|NEXT|THIS)"),
    Rule("day_of_month", "THE (?P<day>ORD) {last_word}?"),
    Rule("day_of_month", "{weekday} COMMA? THE (?P<day>ORD)"),
    Rule("day_of_month", "THE (?P<day>ORD) OF (?P<rel>THAT SAME?|THE SAME|THIS|LAST|NEXT) (?P<unit>UNIT)"),
    Rule("clock", "(?P<hour>DAYNUM|SMALL) IN THE (?P<inpart>PART)"),
    Rule("unit", "{edge}? {rel} (?:FULL)? (?P<fiscal>FISCAL)? (?P<unit>UNIT) (?P<orso>ORSO)?"),
    Rule("length", "THE (?:FISCAL)? (?P<unit>UNIT) (?=ENDED|TO DAYNUM? (?:MONTH|MONTHSHORT))"),
    Rule(
        "the_unit",
        "{edge}? (?:THE|POSS_PRONOUN) (?P<full>FULL)? (?P<fiscal>FISCAL)? (?P<unit>UNIT)"
        " (?:(?P<to>BEFORE|AFTER) {last_word})?",
    ),
    Rule("the_unit", "THE UNIT (?P<rel>OF) THIS"),
    # "the week after next", not "the week after next Sunday's vote"
    Rule(
        "unit_after_next",
        "THE (?P<unit>UNIT) (?P<dir>AFTER|BEFORE) (?P<rel>NEXT|LAST) (?!UNIT|WEEKDAY|MONTH|SEASON|HOLIDAY|PART)",
    ),
    Rule("week_of", "THE UNIT OF {month} {day} (?:COMMA? {year})?"),
    Rule("year_end", "THE? (?P<edge>UNIT (?:DASH|POSSESSIVE)? EDGE)"),
    Rule(
        "units_rel",
        "(?:ABOUT|EACH OF)? (?P<rel>THE? (?:LAST|NEXT|PREVIOUS|FOLLOWING|LATEST|CURRENT|ORD)) {qty} {unit} ORSO?",
    ),
    Rule("unit_and_half", "THE? (?P<rel>LAST|NEXT|PREVIOUS|FOLLOWING) (?P<unit>UNIT) AND A HALF"),
    Rule("units_vague", "THE? (?P<rel>LAST|NEXT|RECENT|FUTUREADJ) (?P<unit>UNITS) (?:AND (?P<unit2>UNITS))?"),
    Rule("units_vague", "THE? (?P<unit>UNITS) (?P<rel>AHEAD|TO NEXT)"),
    Rule("ago", "{qty} {unit} (?:ORSO)? (?P<dir>AGO|EARLIER (?!THIS)|LATER|FROMNOW|BEFORE {last_word})"),
    Rule("ago", "{qty} {unit} (?P<dir>AGO) (?P<exact>DEICTIC)"),
    Rule("ago", "ABOUT? (?P<unit>UNITS) (?P<dir>AGO|EARLIER|LATER)"),
    Rule("duration", "{qty} {unit} (?:AND A (?P<half>HALF))? ORSO?"),
    Rule("duration", "THE (?P<n1>{n}) MORE? {unit}"),
    Rule("duration", "ABOUT? (?P<n1>HALF) (?P<a>A) (?P<unit>UNIT)"),
    Rule("weekends", "(?P<unit>UNITS)"),
    Rule("bare_units", "(?P<unit>UNITS) (?:OR UNITS|DASH LONG)?"),
    Rule("bare_units", "(?P<unit>UNIT) DASH (?P<long>LONG)"),
    Rule("bare_units", "(?P<skip>THE|POSS_PRONOUN) (?P<unit>UNIT) DASH (?P<long>LONG)"),
    Rule("set", "(?P<each>EACH) (?P<ord>ORD|OTHERWORD)? (?P<what>UNIT|WEEKDAY|MONTH|PART|SEASON)"),
    Rule("set", "(?P<each>EACH) (?P<n>{n}|A_FEW|FEW) (?P<what>UNITS)"),
    Rule("set", "(?P<what>WEEKDAYS) (?:PARTS)?|(?P<what2>WEEKDAY) (?P<parts>PARTS)"),
    Rule("set", "(?:(?P<times>TIMES)|(?P<ntimes>{n}|A_FEW|FEW) TIMESWORD) (?:A|EACH) (?P<what>UNIT)"),
    Rule("set", "(?P<adverb>SETADV|DAILY)"),
    Rule("vague", "(?P<vague>NOW|THEN|SOON|FUTURE|PASTNOUN) (?P<comma>(?=COMMA))?"),
    Rule("vague", "(?P<vague>RECENT|CURRENT)"),
    Rule("vague", "THE (?P<past>LAST) (?!LAST|NEXT|UNIT|UNITS|NUM|SMALL|DAYNUM|FEW|A_FEW|SEASON|SEASONS|ORD|HALF|A)"),
    Rule("one_day", "(?P<day>ONEDAY)"),
)
_NAME = re.compile(r"\b(?!P<)[A-Z][A-Z_]*[A-Z]\b|\bA\b")


@dataclass(frozen=True, slots=True)
class Match:
    """A rule's match: the pieces from `first` to before `last`, and the pieces of each group."""

    rule: str
    first: int
    last: int
    groups: dict[str, tuple[Piece, ...]]
    first_kind: str

    def text(self, group: str) -> str:
        """The words of a group in lower case, "" when it did not match."""
        return " ".join(piece.text.lower() for piece in self.groups.get(group, ()))

    def value(self, group: str) -> str:
        """The lexicon's value of the group's last piece, "" when it did not match."""
        found = self.groups.get(group, ())
        return found[-1].value if found else ""

    def kinds(self, group: str) -> tuple[str, ...]:
        return tuple(piece.kind for piece in self.groups.get(group, ()))


@cache
def _letter(kind: str) -> str:
    return chr(0xE000 + _numbers().setdefault(kind, len(_numbers())))


@cache
def _numbers() -> dict[str, int]:
    return {}


@cache
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((rule.name, re.compile(_translate(rule.pattern))) for rule in RULES)


def _translate(pattern: str) -> str:
    while "{" in pattern:
        pattern = re.sub(r"\{(\w+)\}", lambda found: MACROS[found[1]] if found[1] in MACROS else found[0], pattern)
    return _NAME.sub(lambda found: _letter(found[0]), pattern).replace(" ", "")


def find(pieces: Sequence[Piece], accept: Callable[[Match], T | None]) -> list[tuple[Match, T]]:
    """The matches that `accept` can read, leftmost and longest first, none over another."""
    symbols = "".join(_letter(piece.kind) for piece in pieces)
    rules = _compiled()
    waiting: list[tuple[int, int, int, re.Match[str]]] = []

    def look(order: int, start: int) -> None:
        match = rules[order][1].search(symbols, start)
        if match is not None:
            heappush(waiting, (match.start(), -match.end(), order, match))

    for order in range(len(rules)):
        look(order, 0)
    found: list[tuple[Match, T]] = []
    position = 0
    while waiting:
        first, _, order, match = heappop(waiting)
        if first >= position and match.end() > first:
            matched = _match(rules[order][0], match, pieces)
            read = accept(matched)
            if read is not None:
                found.append((matched, read))
                position = match.end()
        look(order, max(position, first + 1))
    return found


def _match(name: str, match: re.Match[str], pieces: Sequence[Piece]) -> Match:
    groups = {
        group: tuple(pieces[match.start(group) : match.end(group)]) for group, text in match.groupdict().items() if text
    }
    return Match(name, match.start() + len(groups.get("skip", ())), match.end(), groups, pieces[match.start()].kind)
