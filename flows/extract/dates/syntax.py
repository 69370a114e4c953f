"""What the parse says about a time expression: the verb it hangs on, that verb's tense, quotation marks around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from spacy.tokens import Doc, Token

from flows.resources import words

PAST: Final = "past"
FUTURE: Final = "future"
PRESENT: Final = "present"
_VERBAL: Final = ("VERB", "AUX")
_ADVERBIAL: Final = ("npadvmod", "advmod", "tmod", "dobj", "attr", "nmod", "appos", "dep", "oprd")
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
_AFTER: Final = ("after", "despite", "since", "following")  # "despite striking a deal on Monday"
_STARTING: Final = ("beginning", "starting", "commencing")
_HAD: Final = ("has", "have", "'ve", "’ve", "had", "having")
# Verbs whose past is like their present: a singular subject tells it ("the weakness hurt shares on Friday").
_UNCHANGED: Final = ("hit", "hurt", "put", "cut", "set", "let", "shut", "cost", "quit", "spread", "beat", "burst")
_NOBODY: Final = ("neither", "nobody", "none", "nothing", "never", "hardly", "no")
# Parts of a noun phrase, and subjects: "2018 taxes", "Palm Sunday coincides with".
_NO_ADVERB: Final = ("nsubj", "nsubjpass", "csubj", "nummod", "compound", "amod", "poss", "det")
# Prepositions that say on which side of the date something lies, not that it lies on it.
_BESIDE: Final = ("before", "after", "until", "till", "since", "through", "than", "by", "prior", "following", "beyond")
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
            return head if head.pos_ in _VERBAL else None
        head = head.head
        if head.pos_ in _VERBAL:
            return head
    return None


def tense(token: Token) -> str:
    """past, present or future of the clause around `token`; "" when nothing tells.

    The past tense speaks only of what hangs on its verb itself ("said the talks on Friday": unknown).

    A possessor ("Friday's purchases") has happened unless the clause lies ahead; the present tense counts only for
    what hangs on its verb itself ("the ministers meet Monday").
    """
    verb, owner = governor(token), token.dep_ in ("poss", "nmod", "compound", "amod")
    direct = verb is not None and _hangs_on(token, verb)
    if verb is not None and (_set_for(token, verb) or _ahead_of(token) or _starting(token)):
        return FUTURE
    if owner and any(child.dep_ == "relcl" and _verb_tense(child) == FUTURE for child in token.head.children):
        return FUTURE
    for _ in range(6):
        if verb is None:
            return ""
        found = _verb_tense(verb)
        if found == FUTURE and owner and not direct:
            return PAST
        if found == PRESENT and not owner and not direct:
            return ""
        if found == PRESENT and (owner or verb.lemma_ == "be"):
            return PAST
        if found == PAST and not direct and not owner:
            return ""
        if found:
            return found
        verb, direct = governor(verb), False
    return ""


def is_direct(token: Token) -> bool:
    """Whether `token` hangs on its verb itself, not on a noun beside it, or on words that look ahead ("due in May")."""
    verb = governor(token)
    return verb is not None and (_hangs_on(token, verb) or _set_for(token, verb) or _starting(token))


def in_main_clause(token: Token) -> bool:
    """Whether the verb of `token` is that of a main clause, or one coordinated with it."""
    verb = governor(token) if token.pos_ not in _VERBAL else token
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


def is_aside(token: Token) -> bool:
    """Whether `token` only tells one thing from others ("the 3 May raid", "the man who fled on 3 May")."""
    if token.dep_ in ("compound", "nmod", "amod", "nummod"):
        return True
    verb = governor(token)
    return verb is not None and verb.dep_ in ("relcl", "acl")


def _ahead_of(token: Token) -> bool:
    """ "ahead of Saturday's march"."""
    for _ in range(4):
        token = token.head
        if token.pos_ in _VERBAL:
            return False
        if token.lower_ == "ahead":
            return True
    return False


def _starting(token: Token) -> bool:
    """ "a strike starting Monday", unless a past verb that speaks of no plan says that it has come."""
    start = token.head if token.head.lower_ in _STARTING else token.head.head
    if start.lower_ not in _STARTING or start.tag_ != "VBG" or any(c.dep_ in ("aux", "nsubj") for c in start.children):
        return False
    verb = governor(start)
    for _ in range(4):
        if verb is None or verb.lemma_ in (lemmas("future") | lemmas("plans") | lemmas("set") | lemmas("speech")):
            return True
        found = _verb_tense(verb)
        if found:
            return found != PAST
        verb = governor(verb)
    return False


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
        if preposition.lower_ == "by" and verb.lemma_ in lemmas("future") and verb.lemma_ not in ("say", "try"):
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
    if verb.tag_ not in ("VBZ", "VBP"):
        return False
    ends = (child for child in verb.children if child.dep_ == "xcomp" and verb.lemma_ == "be")
    return verb.lemma_ in ("face", "await") or any(_is_infinitive(child) for child in ends)


def _is_infinitive(verb: Token) -> bool:
    return any(child.tag_ == "TO" for child in verb.children)


def _modal(verb: Token, helpers: list[Token]) -> str:
    """Future, save "may have been" and "could not be reached", "neither could be found"."""
    modals = [helper.lower_ for helper in helpers if helper.tag_ == "MD"]
    if any(helper.lower_ in ("have", "'ve", "’ve") for helper in helpers) and "will" not in modals:
        return PAST
    if "could" in modals and any(_negative(child) for child in verb.children):
        return PAST
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
    return any(helper.lower_ in perfect for helper in helpers)


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


def modified(token: Token) -> Iterator[Token]:
    """The verbs that an expression with root `token` modifies, the nearest first."""
    head = token
    if token.dep_ in _NO_ADVERB:
        return
    for _ in range(6):
        if head.head == head or head.lower_ in _BESIDE:
            return
        relation, head = head.dep_, head.head
        if head.pos_ in _VERBAL:
            head = _reported(token, head)
            yield head
            if relation in _ADVERBIAL or relation in ("prep", "pobj", "pcomp"):
                yield from _carried(head)
            return
        light = head.dep_ in ("dobj", "attr", "nsubjpass") and head.head.lemma_ in lemmas("light")
        if head.pos_ not in ("ADP", "SCONJ", "ADV", "ADJ") and not light and relation != "pobj":
            return


def _reported(token: Token, verb: Token) -> Token:
    """The verb of the clause before in "They took the town late Saturday, officials said", else `verb` itself.

    The parser hangs such a date on the verb of saying.
    """
    if verb.lemma_ not in lemmas("speech") or token.i > verb.i:
        return verb
    subject = next((child.i for child in verb.lefts if child.dep_ in ("nsubj", "nsubjpass")), verb.i)
    clause = next((child for child in verb.lefts if child.dep_ == "ccomp" and child.i < token.i), None)
    return clause if clause is not None and token.i < subject else verb


def _carried(verb: Token) -> Iterator[Token]:
    """Verbs that share the modifiers of `verb`: what it starts ("began to shell"), its conjuncts without subject."""
    for child in verb.children:
        if child.dep_ == "xcomp" and verb.lemma_ in lemmas("light"):
            yield child
        own_subject = any(grandchild.dep_.startswith("nsubj") for grandchild in child.children)
        if child.dep_ == "conj" and child.pos_ in _VERBAL and not own_subject:
            yield child
    subject = any(child.dep_.startswith("nsubj") for child in verb.children)
    if verb.dep_ == "advcl" and verb.tag_ in ("VBG", "VBN") and not subject and verb.i < verb.head.i:
        yield verb.head  # "Speaking on Saturday, he said"
    if verb.dep_ in ("aux", "auxpass") and verb.head != verb and verb.head.pos_ in _VERBAL:
        yield verb.head
