"""When an event happened: the time expression of its trigger, of its light verb, or of the clause it happened in."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from spacy.tokens import Doc, Token

from flows.extract.dates.govern import date_of
from flows.extract.events.building import Dated
from flows.extract.events.frames import in_class
from flows.extract.events.lexicon import nominal_words, triggers, word_class
from flows.extract.events.syntax import SUBJECTS, frame_of, included, prepositions
from flows.happening import family
from flows.records import TimeExpression

_SAME_TIME: Final = frozenset({"when", "as", "while"})
# A date behind these lies beside what happened, one in front of its noun belongs to the noun ("Monday's talks").
_BESIDE: Final = frozenset(
    {"before", "after", "until", "till", "since", "by", "than", "following", "between", "of", "about"}
)
_PREMODIFIERS: Final = frozenset({"poss", "compound", "amod", "nummod", "nsubj", "nsubjpass", "det"})
_THROUGH: Final = frozenset({"ADP", "NOUN", "PROPN", "ADV", "ADJ", "NUM"})
_OWNERS: Final = frozenset({"poss", "compound", "nmod", "amod", "npadvmod", "nummod"})
_WITHIN: Final = frozenset({"in", "during"})
_LEADING: Final = frozenset({"mark", "nsubj", "nsubjpass", "aux", "advmod", "prep"})
_FRONT: Final = 3  # tokens of a sentence before an expression that still stands at its front ("Late on")
_REACH: Final = 6
_STEPS: Final = {"after": -1, "before": 1}
_LENGTH: Final = re.compile(r"P(\d+)D")


def dated(doc: Doc, token: int) -> Dated:
    """(starts_on, ends_on, index into doc._.dates) of the expression that says when; all None without one."""
    index = next((n for n in _candidates(doc, doc[token]) if n is not None), None) if doc._.dates else None
    if index is None:
        return _stepped(doc, doc[token]) if doc._.dates else (None, None, None)
    when: TimeExpression = doc._.dates[index]
    return when.starts_on, when.ends_on, index


def _stepped(doc: Doc, trigger: Token) -> Dated:
    """The day of the attack in "fell on Friday, eleven days after rebels attacked": Friday and eleven days back.

    The index is that of the length; there is no day where the rest of the sentence tells none.
    """
    clause = _verb_of(trigger)
    side = next((c for c in clause.lefts if c.dep_ in {"mark", "prep"} and c.lower_ in _STEPS), None)
    main = clause.head
    if clause.dep_ != "advcl" or side is None:
        side, main = clause.head, clause.head.head
        if clause.dep_ not in {"pcomp", "pobj"} or side.lower_ not in _STEPS:
            return None, None, None
    length = next((n for n, when in _of_sentence(doc, clause) if _ends_at(when, side)), None)
    told = date_of(doc, main.i)
    if length is None or told is None:
        return None, None, None
    days, when = _days(doc._.dates[length]), doc._.dates[told]
    if days is None or when.starts_on is None or when.starts_on != when.ends_on:
        return None, None, None
    day = when.starts_on + timedelta(days=days * _STEPS[side.lower_])
    return day, day, length


def _ends_at(when: TimeExpression, side: Token) -> bool:
    """Whether a number of days, told exactly, stands right before a word."""
    if _days(when) is None or not when.end < side.idx <= when.end + 2:
        return False
    first = side.doc.char_span(when.start, when.end, alignment_mode="expand")
    before = side.doc[first.start - 1] if first is not None and first.start else None
    hedges = word_class("HEDGES")
    return (before is None or before.lower_ not in hedges) and when.text.lower().split()[0] not in hedges


def _days(when: TimeExpression) -> int | None:
    """How many days "eleven days" and "the day" count; None of weeks and months, which are counted roughly."""
    if when.text.lower() == "the day":
        return 1
    counted = _LENGTH.fullmatch(when.value) if when.timex_type == "DURATION" else None
    return int(counted[1]) if counted is not None else None


def _candidates(doc: Doc, trigger: Token) -> Iterator[int | None]:
    """Expressions that may say when, the surest first: the trigger's own, its clause's, those of the time clause."""
    verb = _verb_of(trigger)
    yield date_of(doc, trigger.i)
    if verb.i != trigger.i:
        yield date_of(doc, verb.i)
    yield owned(doc, trigger)
    yield _hanging(doc, trigger)
    if verb.i != trigger.i:
        yield _hanging(doc, verb)
    if verb.i == trigger.i:
        yield _just_before(doc, verb)
    yield _fronted(doc, verb)
    yield _past_of_present(doc, verb)
    if verb.dep_ == "relcl" and _is_marked(verb):  # "on Tuesday when rebels attacked"
        at = verb.head.idx
        yield next((n for n, when in _of_sentence(doc, verb) if when.start <= at < when.end), None)
    if verb.dep_ == "relcl" and _is_told_of(verb.head, verb):  # "Monday's blast, which hurt six"
        yield owned(doc, verb.head)
    for noun in _around(verb):
        yield owned(doc, noun)
    for other in _same_time(verb):
        yield date_of(doc, other.i)
        yield _hanging(doc, other)


def _just_before(doc: Doc, verb: Token) -> int | None:
    """The day between subject and verb, where the parser hangs it on the subject: "two mayors on Monday urged"."""
    subject = next((kid for kid in verb.lefts if kid.dep_ in SUBJECTS), None)
    first = next((kid for kid in verb.lefts if kid.dep_ in {"aux", "auxpass"}), verb)
    if subject is None or verb.tag_ not in {"VBD", "VBN"} or first.i <= subject.i:
        return None
    between, end = doc[subject.i + 1 : first.i], doc[first.i - 1].idx + len(doc[first.i - 1])
    if any(token.pos_ in {"VERB", "AUX", "CCONJ"} or token.lower_ in _BESIDE for token in between):
        return None
    return next((n for n, d in _of_sentence(doc, verb) if _is_day(d) and d.start > subject.idx and d.end == end), None)


def _past_of_present(doc: Doc, verb: Token) -> int | None:
    """The day that the parser hangs on a present clause: "questioned the head of a firm that owns it on Monday"."""
    written = doc._.reference_on
    if verb.tag_ != "VBD" or written is None:
        return None
    for n, when in _of_sentence(doc, verb):
        root = root_at(doc, when)
        if not _is_day(when) or root is None or when.starts_on is None or when.starts_on > written:
            continue
        over = next((t for t in root.ancestors if t.pos_ in {"VERB", "AUX"}), None)
        if over is None or over.dep_ != "relcl" or over.tag_ not in {"VBZ", "VBP"}:
            continue
        above = next((t for t in over.head.ancestors if t.pos_ in {"VERB", "AUX"}), None)
        if above is not None and above.i == verb.i and date_of(doc, over.i) == n:
            return n
    return None


def owned(doc: Doc, noun: Token) -> int | None:
    """The day in front of an event noun: "Monday's blast", "the Friday attack"."""
    if noun.pos_ not in {"NOUN", "PROPN"}:
        return None
    owners = [kid for kid in noun.lefts if kid.dep_ in _OWNERS]
    for n, when in _of_sentence(doc, noun):
        if when.start > noun.idx:
            return None
        root = root_at(doc, when)
        if _is_day(when) and root is not None and any(kid.i == root.i for kid in owners):
            return n
    return None


def _is_told_of(noun: Token, clause: Token) -> bool:
    """Whether a relative clause tells what the happening of an event noun did."""
    does = any(kid.dep_ == "nsubj" and kid.lower_ in {"which", "that"} for kid in clause.lefts)
    return does and noun.lemma_.lower() in nominal_words()


def _around(verb: Token) -> Iterator[Token]:
    """The happening that the clause is set in, or that does it: "was hurt in Monday's blast", "Monday's blast hurt"."""
    subject = next((kid for kid in verb.lefts if kid.dep_ == "nsubj"), None)
    if subject is not None and verb.tag_ == "VBD" and subject.lemma_.lower() in nominal_words():
        yield subject
    for name, thing in prepositions(verb):
        if name in _WITHIN and thing.lemma_.lower() in nominal_words():
            yield thing


def _verb_of(trigger: Token) -> Token:
    """The verb over an event noun ("clashes raged on Sunday", "launched an attack on Sunday"), else the trigger.

    So it is of an adjective: "was found guilty on Sunday".
    """
    if trigger.pos_ == "ADJ" and trigger.dep_ in {"oprd", "acomp"} and trigger.head.pos_ in {"VERB", "AUX"}:
        return trigger.head
    event_noun = trigger.pos_ == "NOUN" or trigger.tag_ == "VBG"
    if event_noun and trigger.dep_ in {*SUBJECTS, "dobj", "csubj"} and trigger.head.pos_ in {"VERB", "AUX"}:
        return trigger.head
    return trigger


def _hanging(doc: Doc, verb: Token) -> int | None:
    """An expression that hangs on a noun of the clause: "opened an inquiry on Wednesday into the fire"."""
    found = [n for n, when in _of_sentence(doc, verb) if _is_day(when) and _leads_to(doc, when, verb)]
    return min(found, key=lambda n: abs(doc._.dates[n].start - verb.idx), default=None)


def _of_sentence(doc: Doc, token: Token) -> Iterator[tuple[int, TimeExpression]]:
    """The expressions of the sentence of `token`, with their indexes."""
    sentence, dates = token.sent, doc._.dates
    first = bisect_left(dates, sentence.start_char, key=lambda when: when.start)
    for n in range(first, len(dates)):
        if dates[n].start >= sentence.end_char:
            return
        yield n, dates[n]


def _is_day(when: TimeExpression) -> bool:
    return when.timex_type in {"DATE", "TIME"}


def _leads_to(doc: Doc, when: TimeExpression, verb: Token) -> bool:
    """Whether nothing but prepositions and nouns that tell no event of their own lies between expression and verb."""
    root = root_at(doc, when)
    if root is None or root.dep_ in _PREMODIFIERS:
        return False
    token = root
    for step in range(_REACH):
        head = token.head
        if head.i == token.i or (token.lower_ in _BESIDE and not (step > 1 and _leads_on(token))):
            return False
        if head.lower_ == "including":
            return any(thing.i == token.i for _, thing in included(frame_of(verb)))
        if head.i == verb.i:
            return token.dep_ not in SUBJECTS or verb.pos_ == "NOUN"
        if head.pos_ not in _THROUGH or _is_other_event(head, verb):
            return False
        token = head
    return False


def root_at(doc: Doc, when: TimeExpression) -> Token | None:
    span = doc.char_span(when.start, when.end, alignment_mode="expand")
    return span.root if span is not None and len(span) else None


def _is_other_event(noun: Token, verb: Token) -> bool:
    """A noun that may have a day of its own ("condemned the attack on Monday"), unless a light verb tells of it."""
    its_own = noun.dep_ == "dobj" and noun.head.i == verb.i
    told = its_own and (verb.lemma_.lower() in word_class("LIGHT") or _are_one_deed(verb, noun))
    return noun.lemma_.lower() in nominal_words() and not told


def _leads_on(preposition: Token) -> bool:
    """The "of" of "a vote of no confidence on Monday", and not that of "ahead of a vote on Monday".

    And the "before" of "spoke before the court on Monday".
    """
    if preposition.lower_ == "before":
        return any(in_class(kid, "HEARERS") for kid in preposition.children if kid.dep_ == "pobj")
    return preposition.lower_ == "of" and preposition.head.pos_ == "NOUN"


def _are_one_deed(verb: Token, noun: Token) -> bool:
    """ "survived a vote", "signed a deal": verb and object tell one happening, which has one day."""
    kinds = [
        {family(row.event_type) for row in triggers().get((t.lemma_.lower(), pos), ())}
        for t, pos in ((verb, "V"), (noun, "N"))
    ]
    return bool(kinds[0] & kinds[1])


def _fronted(doc: Doc, verb: Token) -> int | None:
    """The expression at the front of the sentence, which governs its main clause whatever the parser hung it on."""
    main = verb
    while main.dep_ == "conj" and main.head.pos_ in {"VERB", "AUX"}:
        main = main.head
    sentence = verb.sent
    if main.i != sentence.root.i and not (main.dep_ == "ccomp" and main.head.i == sentence.root.i > main.i):
        return None
    start = sentence.start
    for n, when in _of_sentence(doc, verb):
        if when.start > verb.idx or not _is_day(when):
            continue
        ahead = [t for t in doc[start : main.i] if t.idx < when.start and not t.is_space and not t.is_punct]
        root = root_at(doc, when)
        if len(ahead) < _FRONT and root is not None and root.dep_ not in _PREMODIFIERS and _plain(ahead):
            return n
    return None


def _plain(ahead: list[Token]) -> bool:
    return all(t.pos_ in {"ADP", "ADV", "CCONJ", "DET", "ADJ"} and t.lower_ not in _BESIDE for t in ahead)


def _same_time(verb: Token) -> Iterator[Token]:
    """The clauses that a "when" or "as" puts at the same time: "died on Tuesday when", "when it burst on Tuesday"."""
    if verb.dep_ == "advcl" and (_is_marked(verb) or _is_attendant(verb)):
        yield verb.head
    yield from (kid for kid in verb.children if kid.dep_ == "advcl" and _is_marked(kid))


def _is_attendant(clause: Token) -> bool:
    """A participle behind its verb, told as done with it: "spoke on Monday, warning that"."""
    if clause.tag_ != "VBG" or clause.i < clause.head.i or clause.head.pos_ != "VERB":
        return False
    return not any(kid.dep_ in _LEADING and kid.i < clause.i for kid in clause.children)


def _is_marked(clause: Token) -> bool:
    return any(kid.dep_ in {"advmod", "mark"} and kid.lower_ in _SAME_TIME for kid in clause.children)
