"""On which day something was said, by the expression that governs its cue, its occasion or its paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from spacy.tokens import Token

from flows.extract.claims.assemble import Draft
from flows.extract.claims.passing import phrases_of, speaking
from flows.extract.claims.posted import post_of
from flows.extract.claims.scene import Scene
from flows.extract.claims.vocabulary import papers, word_class
from flows.extract.dates.govern import date_of
from flows.extract.dates.syntax import root_of
from flows.records import Span, TimeExpression

# Words that say "on the day of this text": the day is then the reference day, not one that the text names.
_TODAY: Final = re.compile(r"\b(?:today|tonight|this (?:morning|afternoon|evening|lunchtime))\b", re.IGNORECASE)
_OF_TODAY: Final = re.compile(rf"{_TODAY.pattern}|\b(?:yesterday|last night)\b", re.IGNORECASE)
_NEAR: Final = 2  # sentences before "the letter says", at the most, in which its day stands
_THROUGH: Final = frozenset({"prep", "pobj", "npadvmod", "relcl", "acl", "compound", "nmod"})


def said_on(scene: Scene, draft: Draft, *, relayed: bool = False) -> tuple[date | None, str]:
    """The day of the expression that governs the cue, with its basis; an expression in the content doesn't count.

    `relayed` says that the words stand under the introduction of another publication: what "today" is there counts
    from a day that the page doesn't give.
    """
    found = _signed(scene, draft) or _told_by(scene, draft)
    if found is None or (relayed and _OF_TODAY.search(found.text)):
        return None, "none"
    return day_of(scene, found)


def _signed(scene: Scene, draft: Draft) -> TimeExpression | None:
    """The day under a post that the page shows whole."""
    post = post_of(scene, draft.words)
    dates: Sequence[TimeExpression] = scene.doc._.dates if post is not None else ()
    return next((d for d in dates if post is not None and post.day.covers(Span(d.start, d.end))), None)


def _told_by(scene: Scene, draft: Draft) -> TimeExpression | None:
    """The expression that gives the day: that of the cue, of its occasion or of its paper."""
    for i in _governors(scene, draft):
        found = expression_at(scene, i, draft.words)
        if found is not None:
            return None if _is_misread(scene, draft.cue, found) else found
    for noun in occasions_of(scene, draft):
        dated = _dated(scene, noun, draft.words)
        if dated is not None:
            return dated
    return _of_relative(scene, draft) or _of_same_paper(scene, draft)


def _is_misread(scene: Scene, cue: int, found: TimeExpression) -> bool:
    """Whether "said on Thursday" was taken for a Thursday after the day of the text; a written date is what it is."""
    token = scene.tokens[cue]
    past = token.tag_ in ("VBD", "VBN") and not _is_planned(token)
    written = any(c.isdigit() for c in found.text)
    return past and not written and _is_ahead(scene, found)


def _is_ahead(scene: Scene, found: TimeExpression) -> bool:
    reference: date | None = scene.doc._.reference_on
    return reference is not None and found.starts_on is not None and found.starts_on > reference


def _is_planned(verb: Token) -> bool:
    """Whether it "will be" said."""
    return any(c.dep_ in ("aux", "auxpass") and c.tag_ in ("MD", "VB") for c in verb.children)


def _of_relative(scene: Scene, draft: Draft) -> TimeExpression | None:
    """The day that the cue's clause hangs on: "a vote on 20 September, when he asked them", "a meeting on Friday at
    which she said"."""
    token = scene.tokens[draft.cue]
    opening = {t.lower_ for c in token.lefts for t in c.subtree}
    if token.dep_ != "relcl" or not opening & {"when", "where", "which"}:
        return None
    found: Sequence[TimeExpression] = scene.doc._.dates
    head = token.head
    when = next((d for d in found if d.start <= head.idx < d.end and d.timex_type == "DATE"), None)
    if when is not None:
        return when if "when" in opening and not _is_ahead(scene, when) else None
    return _dated(scene, head, draft.words) if scene.lemma[head.i] in word_class("MEETINGS") else None


def _of_same_paper(scene: Scene, draft: Draft) -> TimeExpression | None:
    """The day of "a letter sent on Friday" for "the letter says", in the sentences right before."""
    if draft.source is None or scene.lemma[draft.source] not in papers("dated"):
        return None
    paper = scene.tokens[draft.source]
    if not any(c.lower_ in ("the", "that", "this", "it") or c.dep_ == "poss" for c in paper.lefts):
        return None
    start = scene.sentences[max(0, scene.sentence[paper.i] - _NEAR)][0]
    for i in range(paper.i - 1, start - 1, -1):
        if scene.lemma[i] == scene.lemma[paper.i] and scene.tokens[i].pos_ == "NOUN" and scene.quoted[i] < 0:
            return _dated(scene, scene.tokens[i], frozenset()) or _of_sending(scene, scene.tokens[i])
    return None


def _of_sending(scene: Scene, paper: Token) -> TimeExpression | None:
    """The day of "the company sent a letter on Friday", "a letter was sent on Friday"."""
    sent = paper.dep_ in ("dobj", "nsubjpass") and scene.lemma[paper.head.i] in word_class("ISSUING")
    return expression_at(scene, paper.head.i, frozenset()) if sent else None


def occasions_of(scene: Scene, draft: Draft) -> list[Token]:
    """The interview in "said in a radio interview on Tuesday", the poll in "a poll published on Wednesday found"."""
    token = scene.tokens[draft.cue]
    if token.pos_ != "VERB":
        return []
    told = papers("occasion") | papers("dated")
    found = [x for c in phrases_of(scene, draft) for x in c.children if x.dep_ == "pobj"]
    found = [x for x in found if scene.lemma[x.i] in told]
    if draft.source is not None and scene.lemma[draft.source] in papers("dated"):
        found.append(scene.tokens[draft.source])
    return found


def _dated(scene: Scene, noun: Token, words: frozenset[int]) -> TimeExpression | None:
    """The time expression that hangs on the noun, or on the verb that says when it was given or published."""
    for found in scene.doc._.dates:
        first = scene.at_offset(found.start)
        if not noun.left_edge.i <= first <= noun.right_edge.i or first in words or found.timex_type != "DATE":
            continue
        token = root_of(scene.doc, found.start, found.end)
        while token is not None and token.i != noun.i and token.head.i != token.i and _leads_up(scene, token):
            token = token.head
        if token is not None and token.i == noun.i:
            dated: TimeExpression = found
            return dated
    return None


def _leads_up(scene: Scene, token: Token) -> bool:
    if token.dep_ == "prep" and scene.lemma[token.i] in word_class("OTHER_DAY") | {"about"}:
        return False
    return token.dep_ in _THROUGH and (token.pos_ != "VERB" or scene.lemma[token.i] in word_class("ISSUING"))


def expression_at(scene: Scene, verb: int, words: frozenset[int]) -> TimeExpression | None:
    index = date_of(scene.doc, verb)
    if index is None:
        return None
    found: TimeExpression = scene.doc._.dates[index]
    first = scene.at_offset(found.start)
    if any(m.form == "name" and m.start < found.start and found.end <= m.end for m in scene.doc._.mentions):
        return None  # a newspaper called Today
    return None if first in words or _is_other_day(scene, found) else found


def _is_other_day(scene: Scene, found: TimeExpression) -> bool:
    """Whether the word before says that the day is another than that of speaking: "asked for help from Monday".

    Before or after a time of day is on that day: "said after ten on Monday".
    """
    first = scene.at_offset(found.start)
    before = scene.lemma[first - 1] if first else ""
    clock = found.timex_type == "TIME" and before in ("after", "before")
    return before in word_class("OTHER_DAY") and not clock


def day_of(scene: Scene, found: TimeExpression) -> tuple[date | None, str]:
    if _TODAY.search(found.text):
        reference: date | None = scene.doc._.reference_on
        known = reference is not None and found.starts_on in (None, reference)
        return (reference, "reference_day") if known else (None, "none")
    if found.starts_on is not None and found.starts_on == found.ends_on:
        return found.starts_on, "expression"
    return None, "none"


def _governors(scene: Scene, draft: Draft) -> list[int]:
    """The cue, the verb that tells where its source spoke, what issued its paper ("in a statement issued Monday"), and
    the verb it hangs on where both are one saying: "was quoted Sunday as saying"."""
    token = scene.tokens[draft.cue]
    found = [draft.cue]
    if token.pos_ == "NOUN":
        return found
    found += [verb.i for verb in speaking(scene, draft)]
    for prep in phrases_of(scene, draft):
        told = [x for x in prep.children if x.dep_ == "pobj" and scene.lemma[x.i] in papers("given")]
        found += [v.i for x in told for v in x.children if v.dep_ in ("acl", "relcl") and v.tag_ in ("VBN", "VBD")]
    while token.dep_ in ("xcomp", "pcomp", "prep", "advcl") and token.head.i != token.i and len(found) < 6:
        if scene.lemma[token.i] in ("accord", "according") or _is_other_event(token):
            break
        token = token.head
        if token.pos_ == "VERB":
            found.append(token.i)
    return found


def _is_other_event(clause: Token) -> bool:
    """Whether the clause has its own subject behind a conjunction: "on Monday she answered, after he had said that".

    What somebody says "as" something happened is of the same day, but "as the mayor said" is not of any.
    """
    marks = {c.lower_ for c in clause.children if c.dep_ == "mark"}
    if clause.dep_ != "advcl" or not marks or all(c.dep_ not in ("nsubj", "nsubjpass") for c in clause.children):
        return False
    at_once = marks == {"as"} and clause.tag_ == "VBD" and clause.i > clause.head.i
    return not at_once or all(c.dep_ not in ("ccomp", "dobj") or c.lower_ == "it" for c in clause.children)
