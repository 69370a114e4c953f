"""Whether something was said at another time or place than what stands before it, or after something later."""

from __future__ import annotations

from datetime import date
from typing import Final

from spacy.tokens import Token

from flows.extract.claims.assemble import Draft
from flows.extract.claims.days import occasions_of
from flows.extract.claims.papers import is_handed_on
from flows.extract.claims.passing import phrases_of
from flows.extract.claims.scene import Scene
from flows.extract.claims.vocabulary import papers, word_class
from flows.extract.dates.syntax import root_of
from flows.records import TimeExpression

_SAME: Final = frozenset({"the", "that", "this", "same", "his", "her", "their", "its"})
_WHERE: Final = frozenset({"in", "at", "on"})
_BY: Final = _WHERE | {"by", "through", "via"}
_FINITE_PARTS: Final = ("nsubj", "nsubjpass", "ccomp", "parataxis", "conj")


def is_known(noun: Token) -> bool:
    """Whether the noun phrase is definite: "the interview", "her speech"."""
    return any(c.lower_ in _SAME for c in noun.lefts)


def is_perfect(verb: Token) -> bool:
    """Whether it "has said", at some time or other."""
    return verb.tag_ == "VBN" and any(c.dep_ == "aux" and c.lower_ in ("has", "have") for c in verb.children)


def has_place(scene: Scene, draft: Draft) -> bool:
    """Whether it is told in or at what it was said: "in a letter", "at a rally", "a form in which she said"."""
    return any(x.ent_type_ not in ("DATE", "TIME") for x in _at(scene, draft, _WHERE))


def has_paper(scene: Scene, draft: Draft) -> bool:
    """Whether it stands in a paper that is no statement, or was said in court: "in a text message", "in his memoir"."""
    for x in _at(scene, draft, _BY):
        if x.tag_ == "WDT":
            if scene.lemma[scene.tokens[draft.cue].head.i] not in papers("given") | papers("occasion"):
                return True
        elif (scene.lemma[x.i] in papers("apart") or is_handed_on(scene, x)) and not is_back(x):
            return True
    return False


def is_back(noun: Token) -> bool:
    """Whether the noun phrase points back: "in the same interview"; "her interview" may be any of hers."""
    return any(c.lower_ in ("the", "that", "same") for c in noun.lefts)


def _at(scene: Scene, draft: Draft, prepositions: frozenset[str]) -> list[Token]:
    preps = [c for c in phrases_of(scene, draft) if c.lower_ in prepositions]
    found = [x for prep in preps for x in prep.children if x.dep_ == "pobj" and (x.pos_ == "NOUN" or x.tag_ == "WDT")]
    return [x for x in found if x.i not in draft.words]


def fresh_occasion(scene: Scene, draft: Draft) -> Token | None:
    """The noun of an occasion at which it was said, when that is not told of before: "at a rally"."""
    nouns = [x for x in occasions_of(scene, draft) if scene.lemma[x.i] in papers("occasion")]
    return next((x for x in nouns if not is_known(x)), None)


def has_other_time(scene: Scene, draft: Draft, day: date) -> bool:
    """Whether an expression in the cue's own clause puts it on another day than `day`: "in a book last year, he said",
    "said after the vote on Friday"."""
    token = scene.tokens[draft.cue]
    trailing = token.tag_ == "VBG" and token.dep_ == "advcl" and token.head.dep_ not in ("ccomp", "xcomp")
    verbs = [token.i, token.head.i] if trailing else [token.i]
    dates = _dates(scene, scene.sentence[token.i], draft.words)
    return any(_differs(scene, verb, found, day) for found in dates for verb in verbs)


def _differs(scene: Scene, verb: int, found: TimeExpression, day: date) -> bool:
    path = _path(scene, found, verb)
    if not path or any(t.dep_ in _FINITE_PARTS or _is_about_a_name(t) for t in path) or found.value == "PRESENT_REF":
        return False
    after = any(scene.lemma[c.i] in ("after", "since") for t in path for c in (t, *t.children))
    if found.starts_on is None or found.ends_on is None:
        return "later" not in found.text.lower() and not after
    return (after and found.ends_on >= day) or not found.starts_on <= day <= found.ends_on


def _is_about_a_name(verb: Token) -> bool:
    """Whether its clause tells of somebody named, wherever the parser hangs it: "Brandl, who had long kept silent"."""
    return verb.dep_ == "relcl" and verb.head.pos_ == "PROPN"


def _path(scene: Scene, found: TimeExpression, cue: int) -> list[Token]:
    """The tokens from the expression up to the cue, without it; none when it doesn't hang on the cue."""
    token = root_of(scene.doc, found.start, found.end)
    path: list[Token] = []
    while token is not None and token.i != cue and token.head.i != token.i:
        path.append(token)
        token = token.head
    return path if token is not None and token.i == cue else []


def is_later(scene: Scene, said: frozenset[int], since: int, draft: Draft, day: date) -> bool:
    """Whether the text tells, after the sentence `since` and up to the claim, of something on a later day than `day`.

    `said` are the words of all claims; of those, the claim's own count when they tell of what had happened by then.
    """
    here = scene.sentence[draft.cue]
    for number in range(since + 1, here + 1):
        for found in _dates(scene, number, said):
            start = found.starts_on
            if start is not None and (start > day or _is_by_then(scene, found, day)) and _is_told(scene, found, draft):
                return True
        first, last = scene.sentences[number]
        if any(_says_later(scene, i, day) for i in range(first, last) if i not in said):
            return True
    return since < here and _happened_later(scene, draft, day)


def _is_by_then(scene: Scene, found: TimeExpression, day: date) -> bool:
    """Whether it is the "by Thursday" of a story that goes on from `day`."""
    first = scene.at_offset(found.start)
    return first > 0 and scene.lemma[first - 1] == "by" and found.starts_on != day


def _happened_later(scene: Scene, draft: Draft, day: date) -> bool:
    for found in _dates(scene, scene.sentence[draft.cue], frozenset()):
        later = found.starts_on is not None and found.starts_on > day
        if later and scene.at_offset(found.start) in draft.words and _is_told(scene, found, draft):
            return True
    return False


def _is_told(scene: Scene, found: TimeExpression, draft: Draft) -> bool:
    """Whether the expression hangs on a verb that tells what happened, and not only beside the name of somebody else:
    "the mayor, who resigned on Sunday"."""
    token = root_of(scene.doc, found.start, found.end)
    verb = next((t for t in token.ancestors if t.pos_ in ("VERB", "AUX")), None) if token is not None else None
    if verb is None or (verb.dep_ == "relcl" and verb.head.i != draft.source):
        return False
    return "VBD" in {verb.tag_, *(c.tag_ for c in verb.children if c.dep_ in ("aux", "auxpass"))}


def _says_later(scene: Scene, i: int, day: date) -> bool:
    """Whether the token is the "later" of "two weeks later the dam broke", and not that of "later that day"."""
    if scene.tokens[i].lower_ not in word_class("AFTERWARDS") or scene.quoted[i] >= 0:
        return False
    behind = {t.lower_ for t in scene.tokens[i + 1 : i + 4]}
    if behind & word_class("PARTS_OF_DAY"):
        return False
    at = scene.tokens[i].idx
    near = [d for d in scene.doc._.dates if d.start - 4 <= at <= d.end + 4 and d.ends_on is not None]
    return not any(d.ends_on <= day for d in near)


def _dates(scene: Scene, sentence: int, said: frozenset[int]) -> list[TimeExpression]:
    """The days that a sentence tells, outside of quotation marks and of the words in `said`."""
    first, last = scene.sentences[sentence]
    found = []
    for each in scene.doc._.dates:
        at = scene.at_offset(each.start)
        if first <= at < last and at not in said and scene.quoted[at] < 0 and each.timex_type in ("DATE", "TIME"):
            found.append(each)
    return found
