"""What a text has told so far: its last day, the story apart from flashbacks, and the scene that a full date sets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from spacy.tokens import Token

from flows.extract.dates import beside, syntax
from flows.extract.dates.anchors import Found
from flows.extract.dates.context import Context, Told
from flows.extract.dates.reference import Reference
from flows.extract.dates.verbs import FUTURE
from flows.records import TimeExpression

_NEAR: Final = 2  # sentences from the story to a flashback behind which it goes on
UNDATED_EVENTS: Final = ("clock_time_of_undated_event", "offset_from_undated_event")
# A quarter that is only compared with does not become the quarter that the text speaks of.
_COMPARISONS: Final = ("told_period_in_year", "year_before_told_period")
_BETTER_PART_OF_YEAR: Final = ("P6M", "P9M", "P1Y")
_ASIDES: Final = ("part_of_day_told_long_before", "part_of_day_of_a_noun")  # after them the text is where it was
_BY_DAY: Final = ("weekday", "month_day", "day_range", "week_of")
_BY_MONTH: Final = ("month", "season", "nth_weekday", "nth_week", "half_month")
_FULL: Final = re.compile(r"\d{4}-\d\d")
_WEEKDAY: Final = re.compile(r"XXXX-WXX-[1-7]")
_SAME_SCENE: Final = 3  # sentences in which a clock time is of the day of the clock time before it


@dataclass
class Story:
    """What a text has told so far: the last day, and the scene, a full date or a month of a year."""

    reference: Reference
    told: Told
    told_in: int = 0  # the sentence that told the last day
    value_in: int = 0  # the sentence that told the last dated value
    scene: date | None = None
    scene_in: int = 0
    scene_root: Token | None = None
    told_root: Token | None = None  # the root of the last day, or weekday of no known day
    main: Told = field(default_factory=Told)  # what was told last apart from flashbacks
    main_in: int = 0
    aside: Token | None = None  # the last day told, where it is an aside of the sentence `aside_in`
    aside_in: int = 0

    def context(self, item: Found, sentence: int) -> Context:
        """What `item`, of that sentence, is counted from."""
        if self.aside is not None and self.aside_in != sentence:
            self.main, self.main_in, self.aside = self.told, self.told_in, None
        told = self.main if self._is_of_main(item) else self.told
        since = sentence - self.told_in
        context = Context(
            self.reference.day,
            self.reference.anchor,
            syntax.tense(item.root) if item.root is not None else "",
            told,
            recent=since <= (_SAME_SCENE if "T" in told.value else 1),
            scene=self.scene if sentence - self.scene_in <= 1 else None,
            one_clause=self.scene_in == sentence and _one_scene(self.scene_root, item.root),
            since=since,
            since_value=sentence - self.value_in,
            beside_noun=item.root is not None and item.root.dep_ in ("compound", "amod", "nmod"),
            direct=item.root is None or syntax.is_direct(item.root),
        )
        return self._beside(context, item.reading.op, item.root) if item.root is not None else context

    def _is_of_told(self, part: Token) -> bool:
        """Whether "the night of the fire" is said of an event of the sentence that told the last day."""
        if self.told_root is None:
            return False
        events = {n.lemma_ for p in part.children if p.lower_ == "of" for n in p.children if n.dep_ == "pobj"}
        return any(token.lemma_ in events for token in self.told_root.sent if token.i < part.i)

    def _is_of_main(self, item: Found) -> bool:
        """Whether a clock time or part of a day goes on with the story, and not with a flashback told last."""
        root, reading = item.root, item.reading
        if root is None or reading.op not in ("clock", "day_part") or reading.rel not in ("", "the"):
            return False
        if self.main.day is None or self.told_in - self.main_in > _NEAR or syntax.is_flashback(root):
            return False
        clause = syntax.governor(self.aside) if self.aside is not None else None
        return clause is None or syntax.governor(root) != clause

    def _beside(self, context: Context, op: str, root: Token) -> Context:
        """`context` with what the words beside the expression say of it, as far as its reader asks."""
        limit = op in _BY_DAY and beside.is_limit(root)
        if op == "part_of_event":
            return replace(context, of_told_event=self._is_of_told(root))
        if op in ("clock", "day_part"):
            later = syntax.what_came_after(root) if context.since == 0 and self.told_root is not None else None
            after = later is not None and self.told_root is not None and syntax.governor(self.told_root) == later
            return replace(context, after=after)
        if op == "weekday":
            updated = self.reference.updated and not limit
            planned, any_such = syntax.is_past_plan(root), beside.is_any(root)
            return replace(
                context,
                open=syntax.is_open(root),
                updated=updated,
                planned=planned,
                any_such=any_such,
                definite=beside.is_definite(root),
            )
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
        if dates_day(expression):
            self.told_in = sentence
        if dates_day(expression) or self.told.weekday == expression.value:
            self.told_root = item.root
        self._tell_main(item, sentence)
        if _sets_scene(expression) and not (item.root is not None and beside.is_compared(item.root)):
            self.scene, self.scene_in, self.scene_root = expression.starts_on, sentence, item.root

    def _tell_main(self, item: Found, sentence: int) -> None:
        """Keep what was told for the story itself, unless it is a flashback; an aside counts from the next sentence."""
        if item.root is not None and (item.root.dep_ == "poss" or syntax.is_aside(item.root)):  # "after Sunday's vote"
            self.aside, self.aside_in = item.root, sentence
        elif item.root is None or not syntax.is_flashback(item.root):
            self.main, self.main_in, self.aside = self.told, self.told_in, None


def _one_scene(first: Token | None, second: Token | None) -> bool:
    """Whether two dates of one sentence tell one scene: both of main clauses, or of coordinated verbs."""
    if first is None or second is None:
        return False
    return syntax.are_coordinated(first, second) or (syntax.in_main_clause(first) and syntax.in_main_clause(second))


def late_value(expression: TimeExpression) -> str:
    """The value; "late on Thursday" is its night."""
    late = expression.text.lower().startswith("late ") and len(expression.value) == len("2019-09-12")
    return f"{expression.value}TNI" if late else expression.value


def _sets_scene(expression: TimeExpression) -> bool:
    """Whether it is a full date or a month of a year; dates that go on with one keep it alive."""
    full = expression.anchor == "explicit" or expression.derivation in ("day_of_told_scene", "month_of_told_scene")
    return full and expression.starts_on is not None and _FULL.match(expression.value) is not None


def dates_day(expression: TimeExpression) -> bool:
    """Whether the expression tells a day, as `_tell` takes it."""
    is_day = expression.starts_on is not None and expression.starts_on == expression.ends_on
    return is_day and expression.timex_type not in ("DURATION", "SET")


def _tell(told: Told, expression: TimeExpression, reference: date) -> Told:
    """What is known to the expressions that follow."""
    if expression.timex_type == "DURATION" and expression.value in _BETTER_PART_OF_YEAR:
        return replace(told, whole=True)
    if expression.derivation in _ASIDES:
        return told
    if expression.derivation in UNDATED_EVENTS:
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
        late_value(expression), "", told.named, told.lost and day is None, quarter, over, whole,
    )  # fmt: skip
