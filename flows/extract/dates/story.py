"""A text's time expressions in the order in which it tells them: what each one knows of those before it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from spacy.tokens import Token

from flows.extract.dates import beside, syntax
from flows.extract.dates import calendars as cal
from flows.extract.dates.anchors import DAYS, SPOKEN, Found, is_step, one_paragraph, speech_day
from flows.extract.dates.context import LIKELY, UNSURE
from flows.extract.dates.entries import days_of_entries
from flows.extract.dates.pairs import in_order, year_before, year_behind
from flows.extract.dates.reference import Reference
from flows.extract.dates.resolve import Context, Resolved, Told, resolve
from flows.extract.dates.verbs import FUTURE
from flows.records import TimeExpression

_IN_BRACKETS: Final = re.compile(r" ?\([^()\n]{3,20}\),? (?:on )?|\),? (?:on )?| ?\([^()\n]{0,20}")
# A quarter that is only compared with does not become the quarter that the text speaks of.
_COMPARISONS: Final = ("told_period_in_year", "year_before_told_period")
_BETTER_PART_OF_YEAR: Final = ("P6M", "P9M", "P1Y")
_UNDATED_EVENTS: Final = ("clock_time_of_undated_event", "offset_from_undated_event")
_ASIDES: Final = ("part_of_day_told_long_before", "part_of_day_of_a_noun")  # after them the text is where it was
_BY_DAY: Final = ("weekday", "month_day", "day_range", "week_of")
_BY_MONTH: Final = ("month", "season", "nth_weekday", "nth_week", "half_month")
_CAPTION: Final = re.compile(
    r"\bHide Caption\b|\bPhotos?: |\bAP Photo\b|\bGetty Images\b|\bREUTERS/|\bPhoto(?:graph)? by\b|\(Photo\b"
)
_CAPTION_WIDTH: Final = 250  # characters from a day to the mark of its caption
_BESIDE_SET: Final = re.compile(r",? (?:at |on |about |around ){0,2}")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_FULL: Final = re.compile(r"\d{4}-\d\d")
_WEEKDAY: Final = re.compile(r"XXXX-WXX-[1-7]")
# What makes an edge a limit: "at the end of 2021" may be any of its last days.
_LIMITING: Final = re.compile(r"\b(?:by|until|till|before|through|from|after|past|to)\s+\Z", re.IGNORECASE)
_LONGEST_LIMIT: Final = 12  # characters
_SAME_SCENE: Final = 3  # sentences in which a clock time is of the day of the clock time before it


@dataclass
class _Story:
    """What a text has told so far: the last day, and the scene, a full date or a month of a year."""

    reference: Reference
    told: Told
    told_in: int = 0  # the sentence that told the last day
    value_in: int = 0  # the sentence that told the last dated value
    scene: date | None = None
    scene_in: int = 0
    scene_root: Token | None = None

    def context(self, item: Found, sentence: int) -> Context:
        """What `item`, of that sentence, is counted from."""
        since = sentence - self.told_in
        context = Context(
            self.reference.day,
            self.reference.anchor,
            syntax.tense(item.root) if item.root is not None else "",
            self.told,
            recent=since <= (_SAME_SCENE if "T" in self.told.value else 1),
            scene=self.scene if sentence - self.scene_in <= 1 else None,
            one_clause=self.scene_in == sentence and _one_scene(self.scene_root, item.root),
            since=since,
            since_value=sentence - self.value_in,
            beside_noun=item.root is not None and item.root.dep_ in ("compound", "amod", "nmod"),
            direct=item.root is None or syntax.is_direct(item.root),
        )
        return self._beside(context, item.reading.op, item.root) if item.root is not None else context

    def _beside(self, context: Context, op: str, root: Token) -> Context:
        """`context` with what the words beside the expression say of it, as far as its reader asks."""
        limit = op in _BY_DAY and beside.is_limit(root)
        if op == "weekday":
            updated = self.reference.updated and not limit
            planned, any_such = syntax.is_past_plan(root), beside.is_any(root)
            return replace(context, open=syntax.is_open(root), updated=updated, planned=planned, any_such=any_such)
        if op in _BY_DAY:
            as_of = beside.is_as_of(root)
            happened = (as_of or beside.is_of_past_event(root)) and context.tense != FUTURE
            until, being = limit and not beside.is_since(root), beside.is_of_being(root)
            tense = FUTURE if being else context.tense
            return replace(context, tense=tense, happened=happened, noun=beside.noun_of(root), limit=until)
        if op in _BY_MONTH:
            behind = beside.is_behind(root) or beside.is_of_last(root)
            planned, owner, election = syntax.is_old_plan(root), beside.is_of_noun(root), beside.is_of_election(root)
            return replace(context, behind=behind, owner=owner, planned=planned, election=election)
        return context

    def tell(self, item: Found, expression: TimeExpression, sentence: int) -> None:
        """Take in an expression outside quotations; a day that only tells things apart comes after any other."""
        if item.root is None or not syntax.is_aside(item.root) or self.told_in != sentence:
            told = _tell(self.told, expression, self.reference.day or date.max)
            self.value_in = sentence if told is not self.told else self.value_in
            self.told = told
        if _dates_day(expression):
            self.told_in = sentence
        if _sets_scene(expression) and not (item.root is not None and beside.is_compared(item.root)):
            self.scene, self.scene_in, self.scene_root = expression.starts_on, sentence, item.root


def resolve_all(
    text: str, found: list[Found], quotes: list[tuple[int, int]], reference: Reference, begins: list[int]
) -> list[TimeExpression]:
    """Resolve in text order; then again, from the day of speech, what stands in a quotation."""
    story = _Story(reference, Told(named=_named(found, reference)))
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
    outside = [(f, e) for f, e in zip(found, expressions, strict=True) if not inside(f, quotes)]
    for index, item in enumerate(found):
        if item.reading.op in SPOKEN and inside(item, quotes):
            day = speech_day(text, item, outside, quotes)
            context = replace(contexts[index], reference=day or contexts[index].reference, anchor="speech")
            before = expressions[index - 1] if index else None
            expression = _expression(text, item, _resolved(text, item, context, before, found[index + 1 : index + 3]))
            if day is None and expression.anchor == "speech":  # counted from the text's today for want of its day
                expression = replace(
                    expression, derivation=f"{expression.derivation}_of_untold_speech_day", score=UNSURE
                )
            expressions[index] = expression
    return expressions


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
            told and near and (lost or (is_step(item) and before is not None and before.derivation in _UNDATED_EVENTS))
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


def _one_scene(first: Token | None, second: Token | None) -> bool:
    """Whether two dates of one sentence tell one scene: both of main clauses, or of coordinated verbs."""
    if first is None or second is None:
        return False
    return syntax.are_coordinated(first, second) or (syntax.in_main_clause(first) and syntax.in_main_clause(second))


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


def _sets_scene(expression: TimeExpression) -> bool:
    """Whether it is a full date or a month of a year; dates that go on with one keep it alive."""
    full = expression.anchor == "explicit" or expression.derivation in ("day_of_told_scene", "month_of_told_scene")
    return full and expression.starts_on is not None and _FULL.match(expression.value) is not None


def _dates_day(expression: TimeExpression) -> bool:
    """Whether the expression tells a day, as `_tell` takes it."""
    is_day = expression.starts_on is not None and expression.starts_on == expression.ends_on
    return is_day and expression.timex_type not in ("DURATION", "SET")


def _tell(told: Told, expression: TimeExpression, reference: date) -> Told:
    """What is known to the expressions that follow."""
    if expression.timex_type == "DURATION" and expression.value in _BETTER_PART_OF_YEAR:
        return replace(told, whole=True)
    if expression.derivation in _ASIDES:
        return told
    if expression.derivation in _UNDATED_EVENTS:
        return replace(told, value="", weekday="", lost=True)
    if expression.timex_type in ("DATE", "TIME") and expression.value[:7] in ("XXXX-WX", "XXXX-XX"):
        weekday = expression.value[:10] if _WEEKDAY.match(expression.value) else ""
        return replace(told, weekday=weekday, value=expression.value if weekday else "")
    if expression.starts_on is None or expression.timex_type in ("DURATION", "SET"):
        return told
    day = expression.starts_on if expression.starts_on == expression.ends_on else None
    quarter, over, whole = told.quarter, told.quarter_over, told.whole
    if expression.value[4:6] in ("-Q", "-H") and expression.derivation not in _COMPARISONS:
        quarter, whole = expression.value, False
        if expression.ends_on is not None and expression.ends_on < reference:
            over = quarter
    return Told(
        day or told.day,
        day if day is not None and day <= reference else told.past,
        expression.value, "", told.named, told.lost and day is None, quarter, over, whole,
    )  # fmt: skip


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
