"""What the parse says about a time expression: the verb it hangs on, that verb's tense, quotation marks around it."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from spacy.tokens import Doc, Token

from flows.extract.dates.beside import OWNERS, VERBAL, is_since, is_until_after, looks_ahead
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
_AHEAD_NOUNS: Final = ("deadline", "target", "cutoff")
_AFTER: Final = ("after", "despite", "since", "following")  # "despite striking a deal on Monday"
_STARTING: Final = ("beginning", "starting", "commencing")
_HAD: Final = ("has", "have", "'ve", "’ve", "had", "having")
# Verbs whose past is like their present: a singular subject tells it ("the weakness hurt shares on Friday").
_UNCHANGED: Final = ("hit", "hurt", "put", "cut", "set", "let", "shut", "cost", "quit", "spread", "beat", "burst")
_NOBODY: Final = ("neither", "nobody", "none", "nothing", "never", "hardly", "no")
_QUOTES: Final = re.compile(r"``|''|[\"“”]")


@cache
def lemmas(kind: str) -> frozenset[str]:
    """A list of verbs: data/reference/time_verbs_KIND.tsv."""
    return words("time_verbs_" + kind, "lemma")


def governor(token: Token) -> Token | None:
    """The verb that `token` (the root of an expression) modifies: climbs prepositions and nouns. None without one."""
    head = token
    for _ in range(12):
        if head.head == head:
            return head if head.pos_ in VERBAL else None
        head = head.head
        if head.pos_ in VERBAL:
            return head
    return None


def tense(token: Token) -> str:
    """past, present or future of the clause around `token`; "" when nothing tells.

    The past tense speaks only of what hangs on its verb itself ("said the talks on Friday": unknown).

    A possessor ("Friday's purchases") has happened unless the clause lies ahead; the present tense counts only for
    what hangs on its verb itself ("the ministers meet Monday").
    """
    verb, owner = governor(token), token.dep_ in OWNERS
    if is_since(token):
        return PAST
    direct = verb is not None and _hangs_on(token, verb)
    if verb is not None and (_set_for(token, verb) or _starting(token) or looks_ahead(token) or _put_off(token, verb)):
        return FUTURE
    if owner and _of_plan(token):
        return FUTURE
    for _ in range(6):
        if verb is None:
            return ""
        found = _verb_tense(verb)
        if found == FUTURE and owner and not direct:
            return PAST
        if found in (PAST, PRESENT) and not owner and not direct:
            return ""
        if found == PRESENT and (owner or _still_behind(token, verb)):
            return PAST
        if found:
            return found
        verb, direct = governor(verb), False
    return ""


def is_open(token: Token) -> bool:
    """Whether no past tense, and no plan, says on which side the day lies of what is told in present or infinitive.

    "as she drives to Monday's fair", "waiting for a vote on Tuesday": the parse does not decide.
    """
    verb, owner = governor(token), token.dep_ in OWNERS
    if verb is not None and _convened(token, verb):
        return True
    known = verb is not None and (_verb_tense(verb) != "" or (verb.tag_ == "VB" and not _is_infinitive(verb)))
    if is_since(token) or (verb is not None and known and _hangs_on(token, verb)):
        return False
    for _ in range(6):
        if verb is None:
            return True
        found = _verb_tense(verb)
        if found:
            return found != PAST and (owner or found != FUTURE)
        verb = governor(verb)
    return True


def _convened(token: Token, verb: Token) -> bool:
    """ "called a meeting on Tuesday", "had invited them on Friday": the day of the call, or of what it is for."""
    called = verb.lemma_ in ("call", "convene", "summon", "invite") and any(c.dep_ == "dobj" for c in verb.children)
    return called and token.dep_ == "pobj" and token.head.lower_ == "on" and token.i > verb.i


def _still_behind(token: Token, verb: Token) -> bool:
    """Whether the present tense looks back: "as of Wednesday the rate is", "it is Friday's news"."""
    as_of = token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lower_ == "as"
    return as_of or (verb.lemma_ == "be" and not _of_being(token, verb))


def _of_being(token: Token, verb: Token) -> bool:
    """ "The debate is on Friday", "is in Odell on Friday night": what is still to be; not "That is Friday"."""
    pointing = any(child.dep_ == "nsubj" and child.pos_ == "PRON" for child in verb.children)
    return _hangs_on(token, verb) and (token.dep_ in ("pobj", "npadvmod") or (token.dep_ == "attr" and not pointing))


def is_direct(token: Token) -> bool:
    """Whether `token` hangs on its verb itself, not on a noun beside it, or on words that look ahead ("due in May")."""
    verb = governor(token)
    return verb is not None and (_hangs_on(token, verb) or _set_for(token, verb) or _starting(token))


def is_simple_present(verb: Token) -> bool:
    """ "meets", "does not meet"; not "is meeting", "has met", "is met"."""
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if helpers:
        return all(helper.lemma_ == "do" and helper.tag_ in ("VBZ", "VBP") for helper in helpers)
    return verb.tag_ in ("VBZ", "VBP") and not _due(verb)


def in_main_clause(token: Token) -> bool:
    """Whether the verb of `token` is that of a main clause, or one coordinated with it."""
    verb = governor(token) if token.pos_ not in VERBAL else token
    for _ in range(6):
        if verb is None or verb.dep_ == "ROOT":
            return verb is not None
        if verb.dep_ not in ("conj", "ccomp", "parataxis"):
            return False
        verb = verb.head
    return False


def are_coordinated(one: Token, other: Token) -> bool:
    """Whether two tokens hang on one verb, or on two that are coordinated ("was born in May 1970 and died in June")."""
    return _first_of(one) == _first_of(other)


def _first_of(token: Token) -> Token | None:
    verb = governor(token)
    while verb is not None and verb.dep_ == "conj" and verb.head != verb:
        verb = verb.head
    return verb


def is_past_plan(token: Token) -> bool:
    """Whether a day ahead is told of by a past tense alone: "was set to sail Monday", "asked before talks Monday"."""
    verb = governor(token)
    if verb is not None and verb.dep_ == "acl" and _is_infinitive(verb):
        return False  # "thanked them for a chance to speak on Monday"
    for _ in range(4):
        if verb is None:
            return False
        words_ = (*(child for child in verb.children if child.dep_ in ("aux", "auxpass")), verb)
        past = any(word.tag_ == "VBD" or word.lower_ in ("would", "could", "might") for word in words_)
        if not past and any(word.tag_ in ("MD", "VBZ", "VBP") for word in words_):
            return False
        if past:
            return verb.lemma_ not in lemmas("speech")
        verb = governor(verb)
    return False


def _of_plan(owner: Token) -> bool:
    """ "a January deadline", "Tuesday's debate, which will be shown live"."""
    if owner.dep_ == "compound" and owner.head.lemma_ in _AHEAD_NOUNS and not owner.lower_.endswith("day"):
        return True
    return any(child.dep_ == "relcl" and _verb_tense(child) == FUTURE for child in owner.head.children)


def _starting(token: Token) -> bool:
    """ "a strike starting Monday", unless a past verb that speaks of no plan says that it has come."""
    start = token.head if token.head.lower_ in _STARTING else token.head.head
    if start.lower_ not in _STARTING or start.tag_ != "VBG" or any(c.dep_ in ("aux", "nsubj") for c in start.children):
        return False
    verb = governor(start)
    for _ in range(4):
        if verb is not None and verb.lemma_ in ("begin", "start") and verb.tag_ == "VBD":
            return False
        if verb is None or verb.lemma_ in (lemmas("future") | lemmas("plans") | lemmas("set") | lemmas("speech")):
            return True
        found = _verb_tense(verb) if verb.dep_ != "acl" else ""
        if found:
            return found != PAST
        verb = governor(verb)
    return False


def _put_off(token: Token, verb: Token) -> bool:
    """ "They want the vote delayed until after the May festival", not "It was not built until after the flood"."""
    return is_until_after(token) and _verb_tense(verb) != PAST


def _set_for(token: Token, verb: Token) -> bool:
    """Whether the preposition looks ahead: "gave them until Tuesday", "called a rally for Sunday", "due in January"."""
    preposition = token.head
    if token.dep_ != "pobj":
        return False
    if preposition.head.lower_ == "due":
        return True
    if preposition.lower_ in ("until", "till", "through") and (verb.lemma_ in lemmas("until") or _planned(verb)):
        return True
    if preposition.lower_ == "for":
        return verb.lemma_ in lemmas("set")
    if preposition.lower_ in ("by", "until", "till", "before") and _on_condition(verb):
        return True
    if preposition.lower_ in ("by", "until", "till", "before"):
        ahead = verb.i < token.i and verb.lemma_ in lemmas("future") and verb.lemma_ not in ("say", "try")
        if preposition.lower_ == "by" and ahead:
            return True
        purpose = any(child.tag_ == "TO" for child in verb.children)
        return purpose and not any(child.lower_ == "have" for child in verb.children)
    return False


def _on_condition(verb: Token) -> bool:
    """ "if there is no answer by Tuesday"."""
    marked = verb.dep_ == "advcl" and any(child.lower_ in ("if", "unless") for child in verb.children)
    return marked and verb.tag_ in ("VBZ", "VBP")


def _hangs_on(token: Token, verb: Token) -> bool:
    """Whether only prepositions and the parts of a time lie between `token` and `verb`."""
    for _ in range(4):
        token = token.head
        if token == verb:
            return True
        if token.pos_ not in ("ADP", "NUM", "SCONJ") and not token.lower_.startswith(("a.m", "p.m", "early", "late")):
            return False
    return False


def _verb_tense(verb: Token) -> str:
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if any(helper.tag_ == "MD" for helper in helpers):
        return _modal(verb, helpers)
    if any(helper.tag_ == "TO" for helper in helpers):
        return PAST if any(helper.lower_ == "have" for helper in helpers) else _infinitive(verb)
    if _overtaken(verb, helpers) or (verb.dep_ == "pcomp" and verb.head.lower_ in _AFTER):
        return PAST
    if _due(verb):
        return FUTURE
    if any(word.tag_ == "VBD" for word in (*helpers, verb)):
        return FUTURE if _planned(verb) else PAST
    if _planned(verb):
        return FUTURE
    if verb.tag_ == "VBP" and verb.lower_ in _UNCHANGED and _singular(verb):
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
    return verb.lemma_ in ("face", "await") or any(_is_infinitive(child) for child in ends)


def _is_infinitive(verb: Token) -> bool:
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
    perfect = ("had",) if _planned(verb) else _HAD
    return any(helper.lower_ in perfect or _short_has(verb, helper) for helper in helpers)


def _short_has(verb: Token, helper: Token) -> bool:
    """ "she's sung", not "it's closed" or "it's planned"."""
    return helper.lower_ in ("'s", "’s") and helper.dep_ == "aux" and verb.tag_ == "VBN" and not _planned(verb)


def _planned(verb: Token) -> bool:
    """A verb that speaks of plans ("is scheduled for Monday", "planned a rally on Saturday") points forward."""
    off = any(child.dep_ == "prt" and child.lower_ in ("off", "back") for child in verb.children)
    return verb.lemma_ in lemmas("plans") or (off and verb.lemma_ in ("put", "push", "hold"))


def _infinitive(verb: Token) -> str:
    """ "to meet Monday": future under verbs and nouns of plan, else as its governor."""
    head = verb.head
    around = (*head.children, *(head.head.children if head.dep_ in ("xcomp", "acomp") else ()))
    if any(child.lower_ == "had" for child in around):
        return PAST
    if verb.dep_ in ("acl", "relcl") and any(child.dep_ == "auxpass" for child in verb.children):
        return FUTURE  # "an interview to be aired on Sunday"
    if head.lemma_ in lemmas("future") or (head.lemma_ == "be" and head != verb):
        return FUTURE
    return ""


def quoted(text: str) -> list[tuple[int, int]]:
    """The stretches between quotation marks. A blank line closes what is open."""
    found: list[tuple[int, int]] = []
    for block in re.finditer(r"(?:(?!\n[ \t]*\n).)+", text, re.DOTALL):
        opened: int | None = None
        for mark in _QUOTES.finditer(text, block.start(), block.end()):
            if opened is None:
                opened = mark.end() if mark.group() not in ("”", "''") else None
            elif mark.group() not in ("“", "``"):
                found.append((opened, mark.start()))
                opened = None
        if opened is not None:
            found.append((opened, block.end()))
    return found


def root_of(doc: Doc, start: int, end: int) -> Token | None:
    """The token of text[start:end] that hangs outside it; None when no token is there."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return span.root if span is not None and len(span) else None


def is_aside(token: Token) -> bool:
    """Whether `token` only tells one thing from others ("the 3 May raid", "the man who fled on 3 May")."""
    if token.dep_ in ("compound", "nmod", "amod", "nummod"):
        return True
    verb = governor(token)
    return verb is not None and verb.dep_ in ("relcl", "acl")
