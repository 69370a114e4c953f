"""What the parse says about a time expression: the verb it hangs on, that verb's tense, quotation marks around it."""

from __future__ import annotations

import re
from typing import Final

from spacy.tokens import Doc, Token

from flows.extract.dates import beside
from flows.extract.dates.beside import OWNERS, VERBAL, is_behind, is_until_after, looks_ahead
from flows.extract.dates.verbs import (
    AFTER,
    FUTURE,
    PAST,
    PRESENT,
    is_infinitive,
    is_planned,
    is_simple_present,
    lemmas,
    verb_tense,
)
from flows.resources import words

_AHEAD_NOUNS: Final = ("deadline", "target", "cutoff")
_STARTING: Final = ("beginning", "starting", "commencing")
_QUOTES: Final = re.compile(r"``|''|[\"“”]")


def governor(token: Token) -> Token | None:
    """The verb that `token` (the root of an expression) modifies: climbs prepositions and nouns. None without one."""
    head = token
    for _ in range(12):
        if head.head == head:
            return head if head.pos_ in VERBAL else None
        head = head.head
        if head.pos_ in VERBAL:
            return said_before(token, head) or head
    return None


def said_before(token: Token, verb: Token) -> Token | None:
    """The verb of saying in "said Tuesday night he expects rain", whose day the parser hangs on `verb`.

    The day stands before the subject of the clause, and no "that" before it.
    """
    saying = verb.head
    if verb.dep_ != "ccomp" or saying.lemma_ not in lemmas("speech") or not saying.i < token.i < verb.i:
        return None
    opening = [child for child in verb.lefts if child.dep_ in ("nsubj", "nsubjpass", "mark", "expl", "csubj")]
    behind = bool(opening) and all(token.i < child.left_edge.i for child in opening)
    apart = any(one.is_punct for one in token.doc[saying.i : token.i])
    return saying if behind and not apart else None


def tense(token: Token) -> str:
    """past, present or future of the clause around `token`; "" when nothing tells.

    The past tense speaks only of what hangs on its verb itself ("said the talks on Friday": unknown).

    A possessor ("Friday's purchases") has happened unless the clause lies ahead; the present tense counts only for
    what hangs on its verb itself ("the ministers meet Monday").
    """
    verb, owner = governor(token), token.dep_ in OWNERS
    if is_behind(token):
        return PAST
    direct = verb is not None and _hangs_on(token, verb)
    if verb is not None and (_set_for(token, verb) or _starting(token) or looks_ahead(token) or _put_off(token, verb)):
        return FUTURE
    if owner and _of_plan(token):
        return FUTURE
    if not direct and beside.has_happened(token):
        return PAST
    for _ in range(6):
        if verb is None:
            return ""
        found = _tense_said(token, verb) if direct else _tense_around(verb)
        if found == FUTURE and owner and not direct:
            return PAST
        if found in (PAST, PRESENT):
            return _told_by(found, token, verb, direct)
        foreseen = direct and beside.is_foreseen(verb)
        if found and not foreseen:
            return found
        verb, direct = governor(verb), foreseen
    return ""


def _told_by(found: str, token: Token, verb: Token, direct: bool) -> str:
    """The tense of what `verb`, of the past or the present, says of `token`."""
    owner = token.dep_ in OWNERS
    if not direct and _follows(token, verb):
        return PAST
    if not owner and not direct:
        return ""
    return PAST if owner or _still_behind(token, verb) else found


def _tense_said(token: Token, verb: Token) -> str:
    """The tense of `verb`, or of what is thought: "On Friday, I believe you met her" speaks of the day of meeting."""
    found = verb_tense(verb)
    if (found == PRESENT and is_conditional(verb)) or (found in (PRESENT, "") and _stands(token, verb)):
        return FUTURE
    if found != PRESENT or token.i > verb.i or verb.lemma_ not in lemmas("opinion"):
        return found
    thought = next((child for child in verb.children if child.dep_ == "ccomp" and child.i > verb.i), None)
    return verb_tense(thought) or found if thought is not None else found


def _tense_around(verb: Token) -> str:
    """The tense of a verb; future is also "as the guild holds its first vote", told of what will be then."""
    found = verb_tense(verb)
    if found != PRESENT or verb.dep_ != "advcl" or not is_simple_present(verb):
        return found
    above = verb.head
    while above.dep_ in ("ccomp", "xcomp") and not verb_tense(above) and above.head != above:
        above = above.head
    return FUTURE if verb_tense(above) == FUTURE else found


def is_conditional(verb: Token) -> bool:
    """ "if she wins in November": the present tense of a condition speaks of what is to come."""
    marked = verb.dep_ == "advcl" and any(
        child.dep_ == "mark" and child.lower_ in ("if", "unless") for child in verb.lefts
    )
    return marked and is_simple_present(verb) and verb.lemma_ != "be" and verb_tense(verb.head) == FUTURE


def _stands(token: Token, verb: Token) -> bool:
    """ "is seeking re-election in November", "running for mayor in May": the month is that of the vote."""
    if token.head.lower_ != "in" or verb.i > token.i or verb.lemma_ not in lemmas("candidacy") or verb.tag_ != "VBG":
        return False
    ends = [child for child in verb.children if child.lower_ == "for"]
    sought = [child for one in (verb, *ends) for child in one.children if child.dep_ in ("dobj", "pobj")]
    return any(one.lemma_.lower() in words("time_nouns_of_office", "lemma") for one in sought)


def _follows(token: Token, verb: Token) -> bool:
    """ "rose after its release in May": what something came after has been, when that is told as past or present."""
    for ancestor in token.ancestors:
        if ancestor == verb:
            return False
        if ancestor.lower_ in AFTER and ancestor.pos_ in ("ADP", "SCONJ") and ancestor.head == verb:
            return True
    return False


def is_open(token: Token) -> bool:
    """Whether no past tense, and no plan, says on which side the day lies of what is told in present or infinitive.

    "as she drives to Monday's fair", "waiting for a vote on Tuesday": the parse does not decide.
    """
    verb, owner = governor(token), token.dep_ in OWNERS
    if verb is None and beside.is_of_speech(token):
        return False
    if verb is not None and _convened(token, verb):
        return True
    known = verb is not None and (verb_tense(verb) != "" or (verb.tag_ == "VB" and not is_infinitive(verb)))
    if is_behind(token) or (verb is not None and known and _hangs_on(token, verb)):
        return False
    for _ in range(6):
        if verb is None:
            return True
        found = verb_tense(verb)
        if found:
            return found != PAST and (owner or found != FUTURE)
        verb = governor(verb)
    return True


def _convened(token: Token, verb: Token) -> bool:
    """ "called a meeting on Tuesday", "had invited them on Friday": the day of the call, or of what it is for."""
    called = verb.lemma_ in lemmas("calling") and any(c.dep_ == "dobj" for c in verb.children)
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
    if verb is not None and verb.dep_ == "acl" and is_infinitive(verb):
        return False  # "thanked them for a chance to speak on Monday"
    if token.dep_ == "pobj" and token.head.lower_ in ("until", "till"):
        return False  # "gave them until Monday"
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


def is_old_plan(token: Token) -> bool:
    """ "decided to publish in April", "was scheduled to sail in April": a plan told in the past, without a deadline."""
    verb = governor(token)
    if verb is None or not _hangs_on(token, verb) or not (is_infinitive(verb) or is_planned(verb)):
        return False
    return is_past_plan(token) and not beside.is_deadline(token)


def _of_plan(owner: Token) -> bool:
    """ "a January deadline", "Tuesday's debate, which will be shown live"."""
    if owner.dep_ == "compound" and owner.head.lemma_ in _AHEAD_NOUNS and not owner.lower_.endswith("day"):
        return True
    return any(child.dep_ == "relcl" and verb_tense(child) == FUTURE for child in owner.head.children)


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
        found = verb_tense(verb) if verb.dep_ != "acl" else ""
        if found:
            return found != PAST
        verb = governor(verb)
    return False


def _put_off(token: Token, verb: Token) -> bool:
    """ "They want the vote delayed until after the May festival", not "It was not built until after the flood"."""
    return is_until_after(token) and verb_tense(verb) != PAST


def _set_for(token: Token, verb: Token) -> bool:
    """Whether the preposition looks ahead: "gave them until Tuesday", "called a rally for Sunday", "due in January"."""
    preposition = token.head
    if token.dep_ != "pobj":
        return False
    if preposition.head.lower_ == "due":
        return True
    if preposition.lower_ in ("until", "till", "through") and (verb.lemma_ in lemmas("until") or is_planned(verb)):
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
    if span is None or not len(span):
        return None
    if span.root.dep_ == "det" and len(span) > 1 and span[-1].head.i >= span.end:
        return span[-1]  # "the night raid", whose "the" hangs on the raid
    return span.root


def is_aside(token: Token) -> bool:
    """Whether `token` only tells one thing from others: "the 3 May raid", "the man who fled on 3 May"."""
    if token.dep_ in ("compound", "nmod", "amod", "nummod"):
        return True
    verb = governor(token)
    return verb is not None and verb.dep_ in ("relcl", "acl")


def is_flashback(token: Token) -> bool:
    """Whether `token` tells of what lay before the story: "had left on Monday and gone home", "closed since Monday"."""
    verb = governor(token)
    while verb is not None:
        if any(child.dep_ in ("aux", "auxpass") and child.lower_ in ("had", "'d", "’d") for child in verb.children):
            return verb.tag_ != "VB"
        verb = verb.head if verb.dep_ in ("conj", "xcomp") and verb.head.pos_ in VERBAL else None
    return beside.is_limit(token)


def what_came_after(token: Token) -> Token | None:
    """The verb of what came after the clause of `token`: "left" in "left after the talks ended at midnight"."""
    verb = governor(token)
    if verb is None:
        return None
    if verb.dep_ == "advcl" and any(c.dep_ in ("mark", "prep") and c.lower_ == "after" for c in verb.lefts):
        return verb.head
    return verb.head.head if verb.dep_ == "pcomp" and verb.head.lower_ == "after" else None
