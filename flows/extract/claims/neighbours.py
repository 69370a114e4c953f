"""Where what one says ends and what another says begins within a sentence, and sayings that were never said."""

from __future__ import annotations

from functools import cache
from typing import Final

from spacy.tokens import Token

from flows.extract.claims.scene import CORE, FINITE, SUBJECTS, Scene
from flows.extract.claims.utterers import speaks
from flows.extract.claims.vocabulary import word_class
from flows.resources import classes

_OPENERS: Final = frozenset({";", "and", "but", "while", "whereas"})
_USUAL: Final = 2  # strength in the lexicon
_DENIERS: Final = word_class("DENIERS")
_COUNTING: Final = frozenset({"any", "many", "all", "every", "everyone", "everybody", "anyone", "anybody"})
_TIMES: Final = frozenset({"when", "while", "before", "after", "until", "as"})
_NOBODY: Final = word_class("NOBODY")
_ANONYMITY: Final = word_class("ANONYMITY")
_DENYING: Final = word_class("DENYING")
# What is attacked with weapons, and by which verbs.
_STRIKING: Final = word_class("STRIKING")
_TARGETS: Final = ("BUILDING", "ROAD", "TROOPS", "PROPERTY")
_SILENCE: Final = frozenset({"nothing"})


def apart(scene: Scene, cue: int, words: set[int]) -> set[int]:
    """`words` without what another speaker of the sentence says.

    Parted by ";", "and", "but" or "while" ("Odell denied the charge; Brandl confirmed it", "she said it was safe and
    the owner said it was not"), or by a comma where the other only passes it on (", the agency reported.").
    """
    start, end = scene.sentences[scene.sentence[cue]]
    others = [i for i in range(start, end) if i != cue and _says(scene, i, CORE)]
    opener = _opener(scene, cue)
    sure = _USUAL if opener is not None and scene.tokens[opener].text == ";" else CORE
    if opener is not None and any(_says(scene, i, sure) for i in range(start, opener)):
        words = {i for i in words if not start <= i < opener}
    for other in others:
        if other < cue or other not in words:
            continue
        if scene.tokens[other].dep_ == "relcl":
            if scene.lemma[other] in _DENYING and (first := _opens_relative(scene, other)) is not None:
                return {i for i in words if not first <= i < end}
            continue
        first = _opener(scene, other)
        if first is None and not any(t.pos_ in ("VERB", "AUX") for t in scene.tokens[other + 1 : end]):
            first = _comma(scene, other)
        if first is not None and first > cue:
            return {i for i in words if not first <= i < end}
    return words


def _says(scene: Scene, i: int, least: int) -> bool:
    """Whether the token is a verb of speech, at least so surely, with its own subject, or an "according to"."""
    token = scene.tokens[i]
    if scene.quoted[i] >= 0:
        return False
    if token.lower_ == "according":
        return True
    if token.tag_ not in FINITE or not speaks(scene, token, least):
        return False
    marks = {c.lower_ for c in token.children if c.dep_ == "mark"}
    return _subject(scene, token) is not None and marks <= _OPENERS


def _subject(scene: Scene, verb: Token) -> Token | None:
    found = [c for c in verb.children if c.dep_ in SUBJECTS and c.i < verb.i and scene.quoted[c.i] < 0]
    return found[-1] if found and found[-1].tag_ not in ("WP", "WDT") else None


def _opens_relative(scene: Scene, verb: int) -> int | None:
    """The "which" of ", which he denies", behind its comma."""
    which = next((c.i for c in scene.tokens[verb].children if c.lower_ == "which" and c.i < verb), None)
    return which if which is not None and which > 0 and scene.tokens[which - 1].text == "," else None


def _opener(scene: Scene, cue: int) -> int | None:
    """The ";" or conjunction that opens the clause of the cue; None where none stands before its subject."""
    before = _before_subject(scene, cue)
    return before if before is not None and scene.tokens[before].lower_ in _OPENERS else None


def _comma(scene: Scene, cue: int) -> int | None:
    before = _before_subject(scene, cue)
    return before if before is not None and scene.tokens[before].text == "," else None


def _before_subject(scene: Scene, cue: int) -> int | None:
    subject = _subject(scene, scene.tokens[cue])
    start = scene.sentences[scene.sentence[cue]][0]
    i = subject.left_edge.i - 1 if subject is not None else -1
    while i > start and scene.tokens[i].pos_ == "ADV":
        i -= 1
    return i if i > start else None


def interrupted(scene: Scene, cue: int, own: set[int], words: set[int]) -> set[int]:
    """The words of the other half of a quotation that the attribution interrupts: “If it rains,” she said, “we stay.”

    The first half ends with a comma, a comma stands before the second, and between them no other verb.
    """
    halves = _halves(scene, cue)
    if halves is None:
        return set()
    first, second = halves
    between = range(first[-1] + 1, second[0])
    verbs = [i for i in between if scene.tokens[i].pos_ == "VERB" and i != cue and i not in own]
    marks = [i for i in between if not scene.is_word(i)]
    comma = any(scene.tokens[i].text == "," for i in marks if i > cue) and _ends_with_comma(scene, first)
    if verbs or not comma or not (words & {*first, *second}):
        return set()
    return {i for i in (*first, *second) if scene.is_word(i)}


def _halves(scene: Scene, cue: int) -> tuple[list[int], list[int]] | None:
    """The tokens of the last quotation before the cue and of the first behind it, in its paragraph."""
    here = scene.paragraph[cue]
    before = next((i for i in range(cue - 1, -1, -1) if scene.quoted[i] >= 0 or scene.paragraph[i] != here), -1)
    after = next(
        (i for i in range(cue + 1, len(scene.tokens)) if scene.quoted[i] >= 0 or scene.paragraph[i] != here), -1
    )
    if min(before, after) < 0 or scene.quoted[before] < 0 or scene.quoted[after] < 0:
        return None
    if scene.sentence[after] != scene.sentence[cue] or scene.quoted[before] == scene.quoted[after]:
        return None
    first, second = ([i for i, q in enumerate(scene.quoted) if q == scene.quoted[k]] for k in (before, after))
    return first, second


def _ends_with_comma(scene: Scene, first: list[int]) -> bool:
    near = scene.tokens[max(0, first[-1] - 1) : first[-1] + 3]
    return any(t.text == "," for t in near)


def never_said(scene: Scene, cue: int, source: int | None, words: frozenset[int]) -> bool:
    """Whether the sentence tells that nobody says it, that nothing is said, or that somebody will not be named."""
    if source is not None and _is_nobody(scene.tokens[source]):
        return True
    if scene.lemma[cue] in ("ask", "request", "insist") and any(
        scene.lemma[i] in _ANONYMITY and any(c.dep_ == "neg" for c in scene.tokens[i].children) for i in words
    ):
        return True
    if _is_of_a_time(scene, cue, words):
        return True
    return _is_struck(scene, cue) or {scene.tokens[i].lower_ for i in words} <= _SILENCE


@cache
def _targets() -> frozenset[str]:
    """The nouns of buildings, roads, troops and goods in the lexicon of events."""
    return word_class("STRUCK").union(*(classes("event_words")[name] for name in _TARGETS))


def _is_struck(scene: Scene, cue: int) -> bool:
    """Whether the cue is a blow and no word: "the rebels attacked the bridge"."""
    if scene.lemma[cue] not in _STRIKING:
        return False
    objects = [c for c in scene.tokens[cue].children if c.dep_ in ("dobj", "nsubjpass")]
    return any(scene.lemma[c.i] in _targets() or c.ent_type_ in ("GPE", "LOC", "FAC") for c in objects)


def _is_nobody(token: Token) -> bool:
    """ "Nobody", "neither the mayor nor", "no official", "few experts", "hardly anyone", "not many residents"."""
    lefts = [c for c in token.lefts if c.dep_ in ("det", "preconj", "cc", "predet", "amod", "advmod", "nummod")]
    some = any(c.lower_ == "a" or c.dep_ == "det" for one in (token, *lefts) for c in one.lefts)  # "only a few"
    if token.lower_ in _NOBODY or any(c.lower_ in _DENIERS for c in lefts):
        return True
    if not some and (token.lower_ == "few" or any(c.lower_ == "few" for c in lefts)):
        return True
    counted = [c for c in (*lefts, token) if c.lower_ in _COUNTING]
    # The parser may hang "hardly" on the verb: "scarcely | any residents | want".
    before = token.doc[token.left_edge.i - 1] if token.left_edge.i else None
    deniers = [x for c in counted for x in c.lefts] + ([before] if counted and before is not None else [])
    return any(x.lower_ in _DENIERS or x.lower_ == "not" for x in deniers)


def _is_of_a_time(scene: Scene, cue: int, words: frozenset[int]) -> bool:
    """Whether what is said to be felt is only the time of feeling it: "he was tired when the vote came"."""
    first = min(words, default=None)
    if first is None or scene.tokens[cue].pos_ == "NOUN" or first < cue or scene.quoted[first] >= 0:
        return False
    entry = scene.entry(cue)
    copula = scene.tokens[cue].dep_ == "acomp" or any(c.dep_ == "auxpass" for c in scene.tokens[cue].children)
    return entry is not None and entry.act == "felt" and copula and scene.tokens[first].lower_ in _TIMES
