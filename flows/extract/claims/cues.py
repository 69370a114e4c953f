"""Which tokens may be cues, and how sure we are of each."""

from __future__ import annotations

from typing import Final

from flows.extract.claims.scene import Scene
from flows.extract.claims.vocabulary import word_class

_NEVER: Final = word_class("NO_CUE")

# Verbs that name with a preposition who is to act.
_CALLING: Final = {"call": ("on", "upon"), "appeal": ("to",), "plead": ("with",)}
_JOINING: Final = word_class("JOINING")
_PLAIN: Final = frozenset({"clear", "plain", "known"})
QUOTING: Final = word_class("QUOTING_AS")


def candidates(scene: Scene) -> list[int]:
    """Tokens worth scoring as cues, in text order: verbs and words of the lexicon outside quotation marks, and those
    with which a quoted predicate begins."""
    return [
        i
        for i, token in enumerate(scene.tokens)
        if (scene.quoted[i] < 0 or _quoted_predicate(scene, i)) and _possible(scene, i, token.pos_)
    ]


def _quoted_predicate(scene: Scene, i: int) -> bool:
    """Whether the cue is what a subject before the marks does, in a headline: "Mayor ‘firmly opposed to tolls’"."""
    entry = scene.entry(i)
    if entry is None or entry.strength < 2:
        return False
    first = i - 1
    while first >= 0 and scene.quoted[first] == scene.quoted[i] and scene.tokens[first].pos_ in ("ADV", "AUX"):
        first -= 1
    if first < 1 or not scene.mark[first] or scene.quoted[first] != scene.quoted[i]:
        return False
    start, end = scene.sentences[scene.sentence[i]]
    if first - 1 < start or scene.tokens[first - 1].pos_ not in ("NOUN", "PROPN"):
        return False
    return not any(scene.quoted[k] < 0 and scene.tokens[k].pos_ in ("VERB", "AUX") for k in range(start, end))


def _possible(scene: Scene, i: int, pos: str) -> bool:
    if pos == "VERB":
        return scene.lemma[i] not in _NEVER and not _in_charge(scene, i)
    if pos in ("NOUN", "ADV"):
        return scene.entry(i) is not None
    if pos == "ADJ":
        return scene.entry(i) is not None and scene.tokens[i].dep_ in ("acomp", "oprd", "attr", "ccomp", "ROOT")
    return False


def _in_charge(scene: Scene, i: int) -> bool:
    """Whether the verb says that somebody leads something: "commanded a ship", with nothing told to do."""
    if scene.lemma[i] != "command":
        return False
    told = any(c.dep_ in ("ccomp", "xcomp", "advcl", "parataxis") for c in scene.tokens[i].children)
    return not told and all(scene.quoted[k] < 0 for k in (i - 1, i - 2, i + 1, i + 2) if 0 <= k < len(scene.tokens))


def quoted_as(scene: Scene, i: int) -> int | None:
    """The quoting verb above token `i` in "IRNA quoted her as saying", "she was reported as saying"; else None."""
    token = scene.tokens[i]
    if token.dep_ not in ("pcomp", "prep", "advcl", "xcomp", "amod", "pobj") or token.tag_ != "VBG":
        return None
    head = token.head
    if head.lower_ == "as" and head.head.i != head.i:
        head = head.head
    elif i == 0 or scene.tokens[i - 1].lower_ != "as":
        return None
    return head.i if head.pos_ == "VERB" and scene.lemma[head.i] in QUOTING else None


def calling(scene: Scene, i: int) -> int | None:
    """The "on" of "called on the guards to leave", which belongs to the cue at token `i`."""
    for child in scene.tokens[i].children:
        if child.dep_ == "prep" and child.lower_ in _CALLING.get(scene.lemma[i], ()):
            who = next((x for x in child.children if x.dep_ == "pobj"), None)
            return child.i if who is not None and who.ent_type_ not in ("DATE", "TIME") else None
    return None


def made_clear(scene: Scene, i: int) -> int | None:
    """The "clear" of "made it clear that …", whose "made" is the token `i`; None where no "that" follows it."""
    if scene.lemma[i] != "make" or scene.tokens[i].pos_ != "VERB":
        return None
    end = scene.sentences[scene.sentence[i]][1]
    at = i + 1
    while at < end and (scene.tokens[at].lower_ == "it" or scene.tokens[at].pos_ == "ADV"):
        at += 1
    if at >= end or scene.lemma[at] not in _PLAIN:
        return None
    told = (k for k in range(at + 1, min(end, at + 9)) if scene.tokens[k].lower_ == "that")
    that = next(told, None)
    if that is None or any(scene.tokens[k].pos_ in ("VERB", "AUX", "PUNCT") for k in range(at + 1, that)):
        return None
    return at


def joined_in(scene: Scene, i: int) -> int | None:
    """The "joined" of "joined her rival in calling for a vote", where "calling" is the token `i`."""
    token = scene.tokens[i]
    if token.tag_ != "VBG" or token.dep_ != "pcomp" or token.head.lower_ != "in" or scene.entry(i) is None:
        return None
    verb = token.head.head
    return verb.i if verb.pos_ == "VERB" and scene.lemma[verb.i] in _JOINING else None
