"""What a verb says of time by its form, its helpers and its meaning: past, present or future."""

from __future__ import annotations

from functools import cache
from typing import Final

from spacy.tokens import Token

from flows.resources import words

PAST: Final = "past"
FUTURE: Final = "future"
PRESENT: Final = "present"
_FUTURE_MODALS: Final = (
    "will",
    "'ll",
    "’ll",
    "shall",
    "wo",
    "would",
    "could",
    "’d",
    "'d",
    "may",
    "might",
    "can",
    "ca",
    "should",
    "must",
    "ought",
)
AFTER: Final = ("after", "despite", "since", "following")  # "despite striking a deal on Monday"
_HAD: Final = ("has", "have", "'ve", "’ve", "had", "having")
_NOBODY: Final = ("neither", "nobody", "none", "nothing", "never", "hardly", "no")


@cache
def lemmas(kind: str) -> frozenset[str]:
    """A list of verbs: data/reference/time_verbs_KIND.tsv."""
    return words("time_verbs_" + kind, "lemma")


def is_simple_present(verb: Token) -> bool:
    """ "meets", "does not meet"; not "is meeting", "has met", "is met"."""
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if helpers:
        return all(helper.lemma_ == "do" and helper.tag_ in ("VBZ", "VBP") for helper in helpers)
    return verb.tag_ in ("VBZ", "VBP") and not _due(verb)


def verb_tense(verb: Token) -> str:
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if any(helper.tag_ == "MD" for helper in helpers):
        return _modal(verb, helpers)
    if any(helper.tag_ == "TO" for helper in helpers):
        return PAST if any(helper.lower_ == "have" for helper in helpers) else _infinitive(verb)
    if _overtaken(verb, helpers) or (verb.dep_ == "pcomp" and verb.head.lower_ in AFTER):
        return PAST
    if _due(verb):
        return FUTURE
    if any(word.tag_ == "VBD" for word in (*helpers, verb)):
        return FUTURE if is_planned(verb) else PAST
    if is_planned(verb) or _is_imperative(verb):
        return FUTURE
    if verb.tag_ == "VBP" and verb.lower_ in lemmas("unchanged") and _singular(verb):
        return PAST
    if verb.tag_ in ("VBZ", "VBP") or any(helper.tag_ in ("VBZ", "VBP") for helper in helpers):
        return PRESENT
    return PAST if verb.tag_ == "VBN" and verb.dep_ in ("acl", "relcl", "advcl") else ""


def _due(verb: Token) -> bool:
    """ "is due in court on Wednesday", "is to end on Friday", "faces a vote on Monday"."""
    if verb.lemma_ == "be" and any(child.dep_ == "acomp" and child.lower_ == "due" for child in verb.children):
        return True
    if verb.lemma_ in ("face", "await") and verb.tag_ == "VBG":
        return True
    if verb.tag_ not in ("VBZ", "VBP"):
        return False
    ends = (child for child in verb.children if child.dep_ == "xcomp" and verb.lemma_ == "be")
    return verb.lemma_ in ("face", "await") or any(is_infinitive(child) for child in ends)


def _is_imperative(verb: Token) -> bool:
    """ "Vote for Lund in November", "don't come on Friday"; not "take the deal in May", an example of what has been."""
    if verb.tag_ != "VB" or verb.lemma_.lower() in lemmas("examples"):
        return False
    if any(child.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") for child in verb.children):
        return False
    if any(child.dep_ in ("aux", "auxpass") and child.lower_ not in ("do", "please") for child in verb.children):
        return False
    if verb.dep_ == "conj":
        return _is_imperative(verb.head)
    return verb.dep_ == "ROOT" or (
        verb.dep_ == "ccomp" and verb.i < verb.head.i and verb.head.lemma_ in lemmas("speech")
    )


def is_infinitive(verb: Token) -> bool:
    return any(child.tag_ == "TO" for child in verb.children)


def _modal(verb: Token, helpers: list[Token]) -> str:
    """Future, save "may have been" and "could not be reached", "neither could be found"."""
    modals = [helper.lower_ for helper in helpers if helper.tag_ == "MD"]
    if verb.tag_ in ("VBN", "VBD") and modals in (["'d"], ["’d"]) and len(helpers) == 1:
        return PAST  # "she'd left"
    if any(helper.lower_ in ("have", "'ve", "’ve") for helper in helpers) and "will" not in modals:
        return PAST
    if "could" in modals and any(_negative(child) for child in verb.children):
        return PAST
    if "would" in modals and verb.lemma_ in lemmas("speech") and any(child.dep_ == "neg" for child in verb.children):
        return PAST  # "would not comment": refused to
    return FUTURE if any(modal in _FUTURE_MODALS for modal in modals) else PAST


def _negative(child: Token) -> bool:
    if child.dep_ in ("neg", "preconj", "nsubj", "nsubjpass", "advmod") and child.lower_ in _NOBODY:
        return True
    return child.dep_ == "neg" or (child.dep_.startswith("nsubj") and any(c.lower_ in _NOBODY for c in child.children))


def _singular(verb: Token) -> bool:
    subjects = [child for child in verb.children if child.dep_ == "nsubj"]
    return any(child.tag_ in ("NN", "NNP") or child.lower_ in ("he", "she", "it") for child in subjects)


def _overtaken(verb: Token, helpers: list[Token]) -> bool:
    """A perfect tense; of a plan only the pluperfect ("had been due to expire"), or one called earlier."""
    if any(child.lower_ in ("previously", "originally", "initially", "first") for child in verb.children):
        return True
    perfect = ("had",) if is_planned(verb) else _HAD
    return any(helper.lower_ in perfect or _short_has(verb, helper) for helper in helpers)


def _short_has(verb: Token, helper: Token) -> bool:
    """ "she's sung", not "it's closed" or "it's planned"."""
    return helper.lower_ in ("'s", "’s") and helper.dep_ == "aux" and verb.tag_ == "VBN" and not is_planned(verb)


def is_planned(verb: Token) -> bool:
    """A verb that speaks of plans ("is scheduled for Monday", "planned a rally on Saturday") points forward."""
    off = any(child.dep_ == "prt" and child.lower_ in ("off", "back") for child in verb.children)
    return verb.lemma_ in lemmas("plans") or (off and verb.lemma_ in ("put", "push", "hold"))


def _infinitive(verb: Token) -> str:
    """ "to meet Monday": future under verbs and nouns of plan, else as its governor."""
    head = verb.head
    around = (*head.children, *(head.head.children if head.dep_ in ("xcomp", "acomp") else ()))
    if any(child.lower_ == "had" for child in around):
        return PAST
    if head.dep_ == "pcomp" and head.head.lower_ in AFTER:
        return PAST  # "since allowing his name to be revealed Sunday"
    if verb.dep_ in ("acl", "relcl") and any(child.dep_ == "auxpass" for child in verb.children):
        return FUTURE  # "an interview to be aired on Sunday"
    if head.lemma_ in lemmas("future") or (head.lemma_ == "be" and head != verb):
        return FUTURE
    return ""
