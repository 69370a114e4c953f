"""The day of a sitting: what a court or an inquiry is told is told on the day that the text says it sat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from spacy.tokens import Token

from flows.extract.claims.assemble import Draft
from flows.extract.claims.days import day_of, expression_at
from flows.extract.claims.elsewhere import is_later
from flows.extract.claims.scene import SUBJECTS, Scene
from flows.extract.claims.vocabulary import word_class

_REACH: Final = {True: 3, False: 1}  # sentences from a ruling, and from a sitting, to what is said of it or there


@dataclass(frozen=True, slots=True)
class Sitting:
    """A sitting that the text tells with its day; `ruled` says that it ended in a ruling."""

    sentence: int
    token: int
    day: date
    basis: str
    ruled: bool
    before: bool  # told in the pluperfect: it lies before what the text tells of


def sittings(scene: Scene, said: frozenset[int]) -> list[Sitting]:
    """The sittings told outside of what is quoted and said, `said`, in the order of the text."""
    return [one for one in (_sitting(scene, i) for i in _verbs(scene, said)) if one is not None]


def sat_on(scene: Scene, found: Sequence[Sitting], draft: Draft, said: frozenset[int]) -> tuple[date, str] | None:
    """The day, with its basis, of the sitting at which the cue of `draft` speaks; None where none is told."""
    here = scene.sentence[draft.cue]
    from_whom = _heard_of(scene, draft)
    if from_whom is not None:
        return next(((one.day, one.basis) for one in found if one.token == from_whom), None)
    heard, judged = _is_heard(scene, draft), _is_of_judge(scene, draft)
    if not heard and not judged:
        return None
    for one in reversed(found):
        if one.sentence > here or one.token == draft.cue:
            continue
        if one.before and scene.paragraph[one.token] != scene.paragraph[draft.cue]:
            continue
        if here - one.sentence > _REACH[one.ruled] or not (judged if one.ruled else heard):
            return None
        return None if is_later(scene, said, one.sentence, draft, one.day) else (one.day, one.basis)
    return None


def _verbs(scene: Scene, said: frozenset[int]) -> Iterator[int]:
    for i, token in enumerate(scene.tokens):
        if (
            token.tag_ in ("VBD", "VBN")
            and i not in said
            and scene.quoted[i] < 0
            and token.dep_ not in ("relcl", "acl")
        ):
            yield i


def _sitting(scene: Scene, i: int) -> Sitting | None:
    ruled = _rules(scene, i)
    if not ruled and not _sits(scene, i):
        return None
    found = expression_at(scene, i, frozenset())
    day, basis = day_of(scene, found) if found is not None else (None, "none")
    reference: date | None = scene.doc._.reference_on
    if day is None or (reference is not None and day > reference):
        return None
    helpers = {c.lower_ for c in scene.tokens[i].children if c.dep_ in ("aux", "auxpass")}
    if helpers & word_class("NOT_YET_SAT"):
        return None
    return Sitting(scene.sentence[i], i, day, basis, ruled, "had" in helpers)


def _sits(scene: Scene, i: int) -> bool:
    """ "the court heard", "told the inquiry", "went on trial", "the inquest opened", "testified"."""
    verb, lemma = scene.tokens[i], scene.lemma[i]
    subjects = {scene.lemma[c.i] for c in verb.children if c.dep_ in SUBJECTS}
    objects = {scene.lemma[c.i] for c in verb.children if c.dep_ == "dobj"}
    bodies = word_class("SITTING_BODIES")
    if lemma == "hear" or (lemma == "tell" and any(c.dep_ == "auxpass" for c in verb.children)):
        return bool(subjects & bodies)
    if lemma in word_class("TELLING_SITTING"):
        return bool(objects & bodies)
    if lemma in word_class("SITTING_STARTS"):
        return bool(subjects & word_class("SITTINGS"))
    if lemma in word_class("SPEAKING_IN_COURT"):
        return True
    near = {scene.lemma[x.i] for x in _complements(verb)}
    return lemma in word_class("SITTING_MOVES") and bool(
        (near | objects) & (word_class("SITTINGS") | word_class("WENT_TO"))
    )


def _complements(verb: Token) -> list[Token]:
    return [x for p in verb.children if p.dep_ == "prep" for x in p.children if x.dep_ == "pobj"]


def _rules(scene: Scene, i: int) -> bool:
    """ "was sentenced", "the court quashed": a judge has ruled."""
    verb, lemma = scene.tokens[i], scene.lemma[i]
    always = lemma in word_class("RULINGS")
    if not always and lemma not in word_class("RULINGS_BY_JUDGES"):
        return False
    subjects = [c for c in verb.children if c.dep_ in SUBJECTS]
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    return (always and passive) or any(scene.lemma[c.i] in word_class("JUDGES") for c in subjects)


def _is_heard(scene: Scene, draft: Draft) -> bool:
    """Whether the cue tells it to a sitting: "told the jury", "admitted under cross-examination"."""
    verb = scene.tokens[draft.cue]
    told = [
        c for c in verb.children if c.dep_ in ("dobj", "dative") and scene.lemma[c.i] in word_class("SITTING_BODIES")
    ]
    if told:
        return not any(k.lower_ in word_class("ANOTHER") for c in told for k in c.lefts)
    within = [p for p in verb.children if p.dep_ == "prep" and p.lower_ in word_class("WITHIN_SITTING")]
    sitting = (x for p in within for x in p.children if x.dep_ in ("pobj", "pcomp") and x.i not in draft.words)
    return any(scene.lemma[x.i] in word_class("IN_SITTING") for x in sitting)


def _heard_of(scene: Scene, draft: Draft) -> int | None:
    """The verb in "the court heard on Tuesday from a clerk, who said": what a clause tells of whom it heard."""
    token = scene.tokens[draft.cue]
    if token.dep_ != "relcl":
        return None
    while token.dep_ in ("relcl", "appos", "npadvmod", "pobj", "prep", "dobj") and token.head.i != token.i:
        token = token.head
    return token.i if token.pos_ == "VERB" else None


def _is_of_judge(scene: Scene, draft: Draft) -> bool:
    """Whether a judge speaks: "the judge said", "Judge Brandl said"; or anybody outside the court."""
    if draft.source is None:
        return False
    source = scene.tokens[draft.source]
    named = [c for c in source.children if c.dep_ in ("compound", "appos") and source.ent_type_ == "PERSON"]
    titles = {scene.lemma[c.i] for c in named}
    if ({scene.lemma[source.i]} | titles) & word_class("JUDGES"):
        return True
    outside = (p for p in scene.tokens[draft.cue].children if p.dep_ == "prep" and p.lower_ == "outside")
    return any(scene.lemma[x.i] in word_class("COURTHOUSES") for p in outside for x in p.children)
