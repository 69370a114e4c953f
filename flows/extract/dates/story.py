"""A text's time expressions in the order in which it tells them: what each one knows of those before it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from flows.extract.dates import beside
from flows.extract.dates import calendars as cal
from flows.extract.dates.anchors import DAYS, SPOKEN, Found, is_step, one_paragraph, speech_day
from flows.extract.dates.context import LIKELY, UNSURE
from flows.extract.dates.entries import days_of_entries
from flows.extract.dates.pairs import in_order, year_before, year_behind
from flows.extract.dates.reference import Reference
from flows.extract.dates.resolve import Context, Resolved, Told, resolve
from flows.extract.dates.telling import UNDATED_EVENTS, Story, dates_day, late_value
from flows.records import TimeExpression

_IN_BRACKETS: Final = re.compile(r" ?\([^()\n]{3,20}\),? (?:on )?|\),? (?:on )?| ?\([^()\n]{0,20}")
_CAPTION: Final = re.compile(
    r"\bHide Caption\b|\bPhotos?: |\bAP Photo\b|\bGetty Images\b|\bREUTERS/|\bPhoto(?:graph)? by\b|\(Photo\b"
)
_CAPTION_WIDTH: Final = 250  # characters from a day to the mark of its caption
_BESIDE_SET: Final = re.compile(r",? (?:at |on |about |around ){0,2}")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
# What makes an edge a limit: "at the end of 2021" may be any of its last days.
_LIMITING: Final = re.compile(r"\b(?:by|until|till|before|through|from|after|past|to)\s+\Z", re.IGNORECASE)
_LONGEST_LIMIT: Final = 12  # characters
_BEFORE: Final = re.compile(r"\bbefore\b", re.IGNORECASE)


def resolve_all(
    text: str, found: list[Found], quotes: list[tuple[int, int]], reference: Reference, begins: list[int]
) -> list[TimeExpression]:
    """Resolve in text order; then again, from the day of speech, what stands in a quotation."""
    begun = Told(named=_named(found, reference))
    story = Story(reference, begun, main=begun)
    expressions: list[TimeExpression] = []
    contexts: list[Context] = []
    known = {i: _of_entry(item, day, reference) for i, day, item in _entries(text, found, reference)}
    entered = min(known, default=len(found))
    for index, given in enumerate(found):
        item = _day_of_entry(given) if index > entered else given
        sentence = bisect_right(begins, item.start)
        contexts.append(_with_day_behind(text, index, found, story.context(item, sentence), known))
        before = expressions[-1] if expressions else None
        if item.reading.op == "weekday" and _in_caption(text, item):
            contexts[-1] = replace(contexts[-1], caption=True)
        if item.reading.op in ("clock", "day_part") and _BEFORE.search(text, max(0, item.start - 8), item.end):
            contexts[-1] = replace(contexts[-1], before=True)
        if _repeated(text, item, found[max(0, index - 1) : index + 2]):
            contexts[-1] = replace(contexts[-1], repeated=True)
        resolved = (
            known.get(index)
            or _told_of_it(item, zip(found[:index], expressions, strict=True))
            or _resolved(text, item, contexts[-1], before, found[index + 1 : index + 3])
        )
        expressions.append(_expression(text, item, resolved))
        if inside(item, quotes):
            continue
        if before is not None:
            expressions[-2:] = in_order(text, begins[sentence - 1] if sentence else 0, before, expressions[-1])
        story.tell(item, expressions[-1], sentence)
    _resolve_spoken(text, found, quotes, expressions, contexts)
    return expressions


def _resolve_spoken(
    text: str,
    found: list[Found],
    quotes: list[tuple[int, int]],
    expressions: list[TimeExpression],
    contexts: list[Context],
) -> None:
    """Resolve what stands in quotations from the day of speech, in place; clock times from what the speaker told."""
    heard: TimeExpression | None = None  # the last day told in the quotation
    outside = [(f, e) for f, e in zip(found, expressions, strict=True) if not inside(f, quotes)]
    for index, item in enumerate(found):
        if heard is not None and not _one_quotation(heard, item, quotes):
            heard = None
        if (item.reading.op in SPOKEN or (heard and item.reading.op == "clock")) and inside(item, quotes):
            day = speech_day(text, item, outside, quotes)
            context = replace(contexts[index], reference=day or contexts[index].reference, anchor="speech")
            if heard is not None and item.reading.op in ("clock", "day_part"):
                context = replace(context, told=Told(heard.starts_on, heard.starts_on, late_value(heard)), recent=True)
            before = expressions[index - 1] if index else None
            expression = _expression(text, item, _resolved(text, item, context, before, found[index + 1 : index + 3]))
            if day is None and expression.anchor == "speech":  # counted from the text's today for want of its day
                expression = replace(
                    expression, derivation=f"{expression.derivation}_of_untold_speech_day", score=UNSURE
                )
            expressions[index] = expression
            heard = expression if dates_day(expression) else heard


def _one_quotation(told: TimeExpression, item: Found, quotes: list[tuple[int, int]]) -> bool:
    return any(start <= told.start and item.end <= end for start, end in quotes)


def _told_of_it(item: Found, before: Iterable[tuple[Found, TimeExpression]]) -> Resolved | None:
    """The day or month of "the Tuesday address" in a text that has told of an address on a Tuesday."""
    reading, root = item.reading, item.root
    if (
        reading.op not in ("weekday", "month")
        or reading.rel
        or reading.year
        or root is None
        or not beside.is_known(root)
    ):
        return None
    named, noun = (reading.op, reading.weekday, reading.month), root.head.lemma_
    for other, expression in before:
        same = named == (other.reading.op, other.reading.weekday, other.reading.month) and expression.starts_on
        if same and other.root is not None and any(token.lemma_ == noun for token in other.root.sent):
            value = expression.value[:10] + reading.part
            return Resolved(value, "narrative", f"{reading.op}_told_of_the_same", LIKELY)
    return None


def _entries(text: str, found: list[Found], reference: Reference) -> Iterator[tuple[int, date, Found]]:
    for index, day in days_of_entries(text, found, reference.day).items():
        yield index, day, found[index]


def _of_entry(item: Found, day: date, reference: Reference) -> Resolved:
    return Resolved(day.isoformat() + item.reading.part, reference.anchor, "entry_of_list_of_days", LIKELY)


def _day_of_entry(item: Found) -> Found:
    """ "Also on this day", below the label of an entry: that day."""
    reading = item.reading
    of_entry = reading.op == "unit" and (reading.unit, reading.rel) == ("D", "this")
    return replace(item, reading=replace(reading, rel="that")) if of_entry else item


def _resolved(
    text: str, item: Found, context: Context, before: TimeExpression | None, after: Sequence[Found]
) -> Resolved:
    behind = year_behind(text, item, after)
    if behind is not None:
        return replace(
            resolve(replace(item.reading, year=behind), context), anchor="narrative", derivation="in_year_beside_it"
        )
    year = year_before(text, item, before) if before is not None else None
    if before is None or year is None:
        return resolve(item.reading, context)
    return replace(
        resolve(replace(item.reading, year=year), context), anchor=before.anchor, derivation="in_year_beside_it"
    )


def without_lost(text: str, found: list[Found], expressions: list[TimeExpression]) -> Iterator[TimeExpression]:
    """The expressions, without the days of steps that go on from an event that nothing dates.

    "Three days after the raid he fled; two days later he was caught, that night".
    """
    before: TimeExpression | None = None
    lost = False
    for item, expression in zip(found, expressions, strict=True):
        told = expression.anchor == "narrative" and expression.starts_on is not None
        near = before is not None and one_paragraph(text, before.end, expression.start)
        lost = (
            told and near and (lost or (is_step(item) and before is not None and before.derivation in UNDATED_EVENTS))
        )
        yield _refused(expression, "step_from_undated_event") if lost else expression
        before = expression


def _refused(expression: TimeExpression, why: str) -> TimeExpression:
    """The expression with no days."""
    value = "XXXX-XX-XX" + expression.value[10:] if _DAY.match(expression.value) else expression.value
    value = "XXXX" if value[:4].isdigit() else value
    return replace(
        expression, value=value, edtf=None, starts_on=None, ends_on=None, anchor="none", derivation=why, score=UNSURE
    )


def inside(item: Found, stretches: list[tuple[int, int]]) -> bool:
    return any(start <= item.start and item.end <= end for start, end in stretches)


def _named(found: list[Found], reference: Reference) -> tuple[tuple[int, str, date], ...]:
    """The times that the text tells with their date: "the evening of Monday, Sept. 16"."""
    named = []
    for item in found:
        if item.reading.op == "month_day" and item.reading.part:
            days = cal.interval(resolve(item.reading, Context(reference.day, reference.anchor)).value)
            named += [(days[0].isoweekday(), item.reading.part, days[0])] if days else []
    return tuple(named)


def _with_day_behind(
    text: str, index: int, found: list[Found], context: Context, known: dict[int, Resolved]
) -> Context:
    """The day behind the brackets that give a clock time in another zone: "9:20 p.m. (1820 GMT) Monday".

    It is read with the tense of the first clock time, and then `known` to the others and to itself.
    """
    clock = found[index]
    if clock.reading.op != "clock":
        return context
    for later in range(index + 1, min(index + 3, len(found))):
        day = found[later]
        if day.reading.op in DAYS and _IN_BRACKETS.fullmatch(text, clock.end, day.start):
            known.setdefault(later, resolve(day.reading, context))
            days = cal.interval(known[later].value)
            return replace(context, told=Told(days[0]), recent=True) if days else context
    return context


def _in_caption(text: str, item: Found) -> bool:
    """Whether an expression stands in the caption of a picture, which tells what was in the present tense."""
    start = text.rfind("\n", 0, item.start) + 1
    end = text.find("\n", item.end)
    around = text[
        max(start, item.start - _CAPTION_WIDTH) : min(end if end >= 0 else len(text), item.end + _CAPTION_WIDTH)
    ]
    return _CAPTION.search(around) is not None


def _repeated(text: str, clock: Found, around: list[Found]) -> bool:
    """Whether a clock time is that of a repeated day beside it: "every day at 6 a.m.", "at 9 p.m. on weekdays"."""
    if clock.reading.op != "clock":
        return False
    repeated = (other for other in around if other.reading.op == "set")
    gaps = (text[min(clock.end, other.end) : max(clock.start, other.start)] for other in repeated)
    return any(_BESIDE_SET.fullmatch(gap) is not None for gap in gaps)


def _limit(text: str, item: Found, resolved: Resolved) -> cal.Interval | None:
    """The last day of "until the end of 2021", the first of "from the start of the month"; None of "at the end of"."""
    edge = item.reading.edge
    if (
        edge not in ("FIRST", "LAST")
        or "-end" in text[item.start : item.end]
        or resolved.days is not None
        or not _LIMITING.search(text[max(0, item.start - _LONGEST_LIMIT) : item.start])
    ):
        return None
    days = cal.interval(resolved.value)
    if days is None or days[0] == days[1]:
        return None
    if "-W" in resolved.value and edge == "LAST":
        return cal.shift(days[1], -2), days[1]
    day = days[edge == "LAST"]
    return day, day


def _expression(text: str, item: Found, resolved: Resolved) -> TimeExpression:
    limit = _limit(text, item, resolved)
    days = limit or resolved.days or cal.interval(resolved.value)
    edtf = cal.edtf(resolved.value)
    if limit is not None and limit[0] == limit[1]:
        edtf = limit[0].isoformat()
    elif days is not None and (limit or resolved.days):
        edtf = f"{days[0].isoformat()}/{days[1].isoformat()}"
    return TimeExpression(
        start=item.start,
        end=item.end,
        text=text[item.start : item.end],
        timex_type=resolved.timex or item.reading.timex,
        value=resolved.value,
        edtf=edtf,
        starts_on=days[0] if days else None,
        ends_on=days[1] if days else None,
        anchor=resolved.anchor,
        derivation=resolved.derivation,
        score=resolved.score,
    )
