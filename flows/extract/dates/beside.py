"""What the words right beside a time expression say: its preposition, and the noun that it is said of."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from flows.extract.dates.verbs import PAST, lemmas, verb_tense
from flows.resources import words

OWNERS: Final = ("poss", "nmod", "compound", "amod")  # of a noun that the day is said of: "Friday's talks"
VERBAL: Final = ("VERB", "AUX")
_TO_WHICH: Final = ("by", "until", "till", "through", "before", "to", "for", "from")
_FORECASTS: Final = ("projection", "forecast", "prediction")


def looks_ahead(token: Token) -> bool:
    """Whether the words before `token` look ahead: "ahead of Saturday's march", "come January", a forecast "by May"."""
    return _ahead_of(token) or _forecast(token) or _come(token) or _approaching(token)


def noun_of(token: Token) -> str:
    """The noun that a day is said of: "attacks" in "the May 3 attacks", "the attacks of May 3"; "" without one."""
    if token.dep_ in OWNERS or token.dep_ == "nummod":
        return token.head.lower_
    return token.head.head.lower_ if token.dep_ == "pobj" and token.head.lower_ in ("of", "on") else ""


def is_since(token: Token) -> bool:
    """ "since Sunday", which lies behind whatever the tense."""
    return token.dep_ == "pobj" and token.head.lower_ == "since"


def is_until_after(token: Token) -> bool:
    """ "until after Monday", "until after the May festival"."""
    noun = token.head if token.dep_ in OWNERS else token
    return noun.dep_ in ("pobj", "pcomp") and noun.head.lower_ == "after" and _before(noun.head) in ("until", "till")


def _before(token: Token) -> str:
    return token.nbor(-1).lower_ if token.i else ""


def is_behind(token: Token) -> bool:
    """ "since Sunday", "back in January", "in May, when it fell", which lie behind even beside a verb of plans."""
    return is_since(token) or _back_in(token) or _when_it_was(token)


def _back_in(token: Token) -> bool:
    """ "back in January he scheduled a call"; not "she will be back in January", "is due back in January"."""
    preposition = token.head
    if token.dep_ != "pobj" or preposition.lower_ not in ("in", "on", "during") or preposition.i == 0:
        return False
    back = preposition.nbor(-1)
    if back.lower_ != "back" or (back.i > 0 and back.nbor(-1).lower_ == "due"):
        return False
    verb = next((one for one in preposition.ancestors if one.pos_ in VERBAL), None)
    return verb is not None and (
        verb.tag_ == "VBD" or any(child.dep_ in ("aux", "auxpass") and child.tag_ == "VBD" for child in verb.children)
    )


def _when_it_was(token: Token) -> bool:
    """ "in December, when the strike broke out": a clause in the past tense tells of the time."""
    told = (child for child in token.children if child.dep_ == "relcl" and child.i > token.i)
    told = (one for one in told if one.lemma_ not in lemmas("speech"))
    return any(verb_tense(one) == PAST and any(c.lower_ == "when" for c in one.lefts) for one in told)


def is_of_last(token: Token) -> bool:
    """ "since their last visit in January"."""
    noun = token.head.head
    held = token.dep_ == "pobj" and token.head.lower_ == "in" and noun.pos_ == "NOUN"
    return held and any(child.lower_ in ("last", "latest", "previous") for child in noun.lefts)


def is_any(token: Token) -> bool:
    """ "on a Saturday night", "it was a Saturday": none in particular."""
    return token.dep_ in ("pobj", "attr") and any(c.dep_ == "det" and c.lower_ in ("a", "an") for c in token.children)


def is_definite(token: Token) -> bool:
    """ "on the Monday": one that the text knows; not "the Monday of the vote", "the Monday after it"."""
    known = any(c.dep_ == "det" and c.lower_ == "the" for c in token.children)
    return token.dep_ in ("pobj", "npadvmod") and known and all(c.dep_ == "det" for c in token.children)


def is_of_notice(token: Token) -> bool:
    """ "this story was updated Wednesday"."""
    before = token.sent[: token.i - token.sent.start]
    return any(one.lemma_ in words("time_verbs_notice", "lemma") and one.tag_ in ("VBN", "VBD") for one in before[-5:])


def is_limit(token: Token) -> bool:
    """ "since Monday", "until Monday"."""
    return token.dep_ == "pobj" and token.head.lower_ in ("since", "until", "till", "through")


def is_of_noun(token: Token) -> bool:
    """ "the March vote", "November's election"; not "a March interview", which has been given."""
    past = (words("time_nouns_speech", "lemma") - {"debate", "conference"}) | words("time_nouns_of_past", "lemma")
    return token.dep_ in OWNERS and token.head.lemma_ not in past


def is_deadline(token: Token) -> bool:
    """ "by January", "until January", "put off from May to January"."""
    return token.dep_ == "pobj" and token.head.lower_ in _TO_WHICH


def is_of_election(token: Token) -> bool:
    """ "the November election", "the winner of November's race", unless a past tense tells of it ("lost the vote")."""
    noun = token.head if token.dep_ in OWNERS else token.head.head
    held = token.dep_ in OWNERS or (token.dep_ == "pobj" and token.head.lower_ in ("in", "of"))
    if not held or noun.pos_ in VERBAL or noun.lemma_.lower() not in words("time_nouns_election", "lemma"):
        return False
    verb = next((one for one in noun.ancestors if one.pos_ in VERBAL), None)
    return verb is None or verb_tense(verb) != PAST


def is_as_of(token: Token) -> bool:
    """ "as of 7 May"."""
    return (
        token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.i > 0 and token.head.nbor(-1).lower_ == "as"
    )


def is_of_past_event(token: Token) -> bool:
    """ "the May 3 shooting", "the May 3 verdict", "a story on May 3"."""
    past = words("time_nouns_of_past", "lemma")
    if token.dep_ == "pobj" and token.head.lower_ == "on":
        return token.head.head.lemma_ in past and token.head.head.pos_ == "NOUN"
    return token.dep_ in OWNERS and token.head.lemma_ in past


def is_known(token: Token) -> bool:
    """ "the Tuesday address": of something that has been spoken of; not "the expected Friday vote"."""
    before = list(token.head.lefts) if token.dep_ in OWNERS else []
    return any(one.lower_ in ("the", "that") for one in before) and not any(one.dep_ == "amod" for one in before)


def is_of_being(token: Token) -> bool:
    """ "May 3 is the day": what the present tense says of a day itself."""
    return token.dep_ == "nsubj" and token.head.lemma_ == "be" and token.head.tag_ in ("VBZ", "VBP")


def has_happened(token: Token) -> bool:
    """ "the vote in January that ended the strike": a clause in the past tense tells that the noun has happened."""
    noun = token.head if token.dep_ in OWNERS else token.head.head
    if noun.pos_ != "NOUN" or (token.dep_ not in OWNERS and token.dep_ != "pobj"):
        return False
    told = (child for child in noun.children if child.dep_ == "relcl" and child.tag_ == "VBD")
    acting = (clause for clause in told if any(c.dep_ == "nsubj" and c.tag_ == "WDT" for c in clause.children))
    return any(verb_tense(clause) == PAST for clause in acting)


def is_foreseen(verb: Token) -> bool:
    """ "grew more than expected in May", "fell as planned on Friday": the day is that of the clause around."""
    return verb.tag_ == "VBN" and verb.i > 0 and verb.nbor(-1).lower_ in ("than", "as")


def is_of_speech(token: Token) -> bool:
    """ "— news briefing Monday": the day of an occasion of speech."""
    noun = token.head if token.dep_ in (*OWNERS, "npadvmod", "appos") else token.head.head
    return noun.lemma_.lower() in words("time_nouns_speech", "lemma") - {"debate", "conference"}


def is_compared(token: Token) -> bool:
    """ "the most since May 2007", "fewer than in May 2009": a time that a text only compares with."""
    head = token.head
    return token.dep_ == "pobj" and (head.lower_ in ("since", "than") or head.head.lower_ == "than")


def _ahead_of(token: Token) -> bool:
    """ "ahead of Saturday's march"."""
    for _ in range(4):
        token = token.head
        if token.pos_ in VERBAL:
            return False
        if token.lower_ == "ahead":
            return True
    return False


def _forecast(token: Token) -> bool:
    """ "projections of the losses by August": the end of what is foreseen."""
    if token.dep_ != "pobj" or token.head.lower_ not in ("by", "until", "through"):
        return False
    for _ in range(6):
        token = token.head
        if token.pos_ in VERBAL:
            return any(child.dep_ == "dobj" and child.lemma_ in _FORECASTS for child in token.children)
        if token.lemma_ in _FORECASTS:
            return True
    return False


def _approaching(token: Token) -> bool:
    """ "the looming Thursday deadline"."""
    said = token.head.children if token.dep_ in OWNERS else ()
    return any(one.dep_ == "amod" and one.lower_ in words("time_adjectives_ahead") for one in said)


def _come(token: Token) -> bool:
    """ "come January"."""
    first = token.left_edge
    return first.i > 0 and first.nbor(-1).lower_ == "come" and token.dep_ != "ROOT"
