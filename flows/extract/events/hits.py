"""Triggers in a Doc: which verbs, nouns and adjectives report an event, and which only serve another one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Doc, Token

from flows.extract.events.frames import matches
from flows.extract.events.lexicon import VERBAL, VIOLENT, Test, Trigger, triggers, word_class
from flows.extract.events.participants import Cast
from flows.extract.events.status import Mood, is_purpose, mood_of
from flows.extract.events.syntax import SUBJECTS, Frame, coordinated, frame_of, prepositions
from flows.extract.events.told import is_off, is_told
from flows.happening import family

_POS: Final = {"VERB": "V", "AUX": "V", "NOUN": "N", "PROPN": "N", "ADJ": "A"}
_NOT_VERBS: Final = frozenset({"amod", "compound", "aux", "auxpass", "case", "prep"})
# Where a noun must stand to report an event of its own.
_NOUN_PLACES: Final = frozenset({"nsubj", "nsubjpass", "dobj", "ROOT", "attr", "pobj", "appos", "conj", "oprd"})
_DETAILS: Final = frozenset({"kill", "wound"})  # "attacked it, killing five" is one event
_TIMES: Final = frozenset({"after", "before", "since", "following"})
_DEFINITE: Final = frozenset({"the", "this", "that", "these", "those"})
_KNOWN: Final = _DEFINITE | {"such", "no"}
_ONES_OWN: Final = frozenset({"my", "your", "our", "his", "her", "their", "whose"})
_FRONT: Final = frozenset({"compound", "amod", "nmod", "poss"})
_OF_WHAT: Final = frozenset({"of", "by", "over", "for", "between", "among", "about"})
_STEM: Final = 4
_HARM: Final = VIOLENT | {"COERCE"}
_MILD: Final = frozenset({"SUPPORT", "CONSULT", "DISAPPROVE"})
_TO_THE_DAY: Final = len("2019-05-04")
_ORDERS: Final = frozenset({"must", "should"})
_CONTENTS: Final = frozenset({"xcomp", "ccomp", "pcomp"})
_TELLING: Final = frozenset({"INVESTIGATE", "DISAPPROVE", "ACCUSE", "THREATEN", "AGREE", "REJECT"})
_DEEDS: Final = frozenset({*_HARM, "SANCTION", "AID", "MOBILIZE", "RETREAT", "CONCEDE", "COOPERATE"})
_UNDERTAKING: Final = frozenset({"AGREE", "REQUEST"})  # what is agreed to, and asked for


@dataclass(frozen=True, slots=True)
class Hit:
    """One trigger found, with its frame and mood. Nouns have a frame too: their light verb's, or an empty one.

    `again`: of a noun that takes up what an earlier sentence told ("the strike"), which needs no party of its own, the
    triggers there; `alike` when they are one word with it, so that their place and day are one too. `told`: of a noun
    that names one particular happening, which needs no party either.
    """

    token: Token
    trigger: Trigger
    frame: Frame
    mood: Mood
    again: tuple[int, ...] = ()
    alike: bool = False
    told: bool = False

    @property
    def nominal(self) -> bool:
        return self.trigger.pos == "N"


def hits(doc: Doc, cast: Cast) -> list[Hit]:
    """All hits that report an event of their own, in text order."""
    found: dict[int, Hit] = {}
    for token in doc:
        key = _POS.get(token.pos_)
        if key in {"V", "A"} and (hit := _verbal(token, key or "", cast) or _stative(token, cast)) is not None:
            found[token.i] = hit
    for token in doc:
        if _is_noun(token) and token.i not in found and (hit := _nominal(token, found)) is not None:
            found[token.i] = hit
    found = {at: hit for at, hit in found.items() if not _is_vote_for(hit.token, found)}
    told = {at: _as_undertaken(hit, found) for at, hit in found.items() if hit.told or not _serves(hit, found)}
    return [hit for _, hit in sorted((told | _taken_up(doc, told)).items())]


def _is_vote_for(verb: Token, found: Mapping[int, Hit]) -> bool:
    """ "voted to impeach him": the event is what was voted."""
    return verb.lemma_ == "vote" and any(k.dep_ == "xcomp" and k.i in found for k in verb.children)


def _taken_up(doc: Doc, told: Mapping[int, Hit]) -> dict[int, Hit]:
    """Nouns that name once more what an earlier sentence told, wherever they stand: "rejected the accusation"."""
    known = [hit for _, hit in sorted(told.items())]
    again: dict[int, Hit] = {}
    for token in doc if known else ():
        if token.pos_ != "NOUN" or token.dep_ not in _NOUN_PLACES or (token.lemma_.lower(), "N") not in triggers():
            continue
        taken = _earlier(token, known) if _is_particular(token) else None
        if taken is not None and not _told_by_verb(token, taken[0], told):
            row, earlier, alike = taken
            frame = Frame(token, False, None, None, None, frame_of(token).preps, (), (), None)
            mood = mood_of(token).with_(_of_happening(token))
            again[token.i] = Hit(token, row, frame, mood, tuple(hit.token.i for hit in earlier), alike)
    return again


def _earlier(noun: Token, known: Sequence[Hit]) -> tuple[Trigger, Sequence[Hit], bool] | None:
    """What an earlier sentence told that the noun takes up, with the row of the noun and whether it is one word.

    All that is one word with it, else the last of its kind; of two kinds ("strike") the one told more. A vague
    word for what is said or agreed takes up itself alone: a vote is not the promise before it.
    """
    before = [hit for hit in known if hit.token.i < noun.sent.start]
    rows = _rows(noun) if before else []
    of_deeds = [row for row in _all_rows(noun) if row.event_type not in VERBAL] if rows else []
    for row in dict.fromkeys([*of_deeds, *rows]):  # whose "strike" it is was told before
        own = [hit for hit in before if _is_of(hit, row) and _one_word(hit, noun, row)]
        if own:
            return row, own, True
    if noun.lower_ in word_class("VAGUE") or any(k.lower_ == "no" for k in noun.children):
        rows = [row for row in rows if row.event_type not in VERBAL]
    near = {row.row: [hit for hit in before if _is_of(hit, row)] for row in rows}
    most = max(rows, key=lambda row: len(near[row.row]), default=None)
    return (most, near[most.row][-1:], False) if most is not None and near[most.row] else None


def _is_of(hit: Hit, row: Trigger) -> bool:
    return family(hit.trigger.event_type) == family(row.event_type)


def _one_word(hit: Hit, noun: Token, row: Trigger) -> bool:
    """Whether a noun and an earlier trigger are one word or synonyms: "met" and "the meeting", "deal" and "pact"."""
    alike = hit.token.lemma_[:_STEM].lower() == noun.lemma_[:_STEM].lower()
    return alike or hit.trigger.row == row.row


def _is_particular(noun: Token) -> bool:
    """A noun for one known happening: with article, demonstrative, owner or day, or a plural that has no singular."""
    kids = list(noun.children)
    if noun.lemma_ in word_class("ABSTRACT") or (noun.lemma_ == "vote" and noun.tag_ == "NNS"):
        return False
    if _is_ballot(noun):
        return False
    if any(k.dep_ == "poss" or (k.dep_ == "det" and k.lower_ in _KNOWN) for k in kids):
        return True
    return noun.tag_ == "NNS" and noun.lemma_ == "talk" and not any(k.dep_ in {"det", "nummod"} for k in kids)


def _is_ballot(noun: Token) -> bool:
    """ "I take my vote seriously", "cast her vote for Odell": one voter's."""
    return noun.lemma_ == "vote" and any(k.lower_ in _ONES_OWN for k in noun.children)


def _told_by_verb(noun: Token, row: Trigger, told: Mapping[int, Hit]) -> bool:
    """Whether the verb over the noun tells the same event: "held the talks", "signed the agreement"."""
    over = told.get(noun.head.i) if noun.dep_ == "dobj" else None
    if over is None:
        return False
    same = over.trigger.event_type == row.event_type
    return same or over.token.lemma_ in word_class("LIGHT") | word_class("MAKING")


def _of_happening(noun: Token) -> Mood:
    """What the verb says that the noun is the subject of: "no meeting was planned", "talks will begin on Monday"."""
    verb = noun.head
    if noun.dep_ not in {"nsubj", "nsubjpass"} or verb.lemma_ not in word_class("HAPPEN"):
        return Mood()
    due = any(k.dep_ in {"acomp", "oprd"} and k.lower_ in word_class("DUE") for k in verb.children)
    mood = mood_of(verb)
    return replace(mood, planned=mood.planned or due or verb.lower_ in word_class("DUE"))


def _verbal(token: Token, pos: str, cast: Cast) -> Hit | None:
    rows = triggers().get((token.lemma_.lower(), pos))
    if (
        rows is None
        or token.dep_ in _NOT_VERBS
        or token.dep_ == "csubj"
        or (pos == "A" and token.dep_ not in {"acomp", "oprd"})
    ):
        return None
    if pos == "V" and token.tag_ in {"VBG", "VBN"} and token.dep_ in {"nsubj", "pobj", "dobj"}:
        return None
    frame = frame_of(token) if pos == "V" else _adjective_frame(token)
    row = next((row for row in rows if matches(row, frame, cast)), None)
    return Hit(token, row, frame, mood_of(token if pos == "V" else token.head)) if row is not None else None


def _stative(token: Token, cast: Cast) -> Hit | None:
    """A participle used as an adjective but tagged as a passive: "is opposed to", "is prepared to"."""
    rows = triggers().get((token.lower_, "A"))
    if rows is None or token.tag_ != "VBN":
        return None
    frame = frame_of(token)
    frame = replace(frame, passive=False, subject=frame.object, object=None)
    row = next((row for row in rows if matches(row, frame, cast)), None)
    return Hit(token, row, frame, mood_of(token)) if row is not None else None


def _is_noun(token: Token) -> bool:
    """A noun, or a gerund in the place of one ("fighting raged"); "March" alone is a month."""
    if token.text == "March" and not any(k.dep_ in {"det", "poss", "compound"} for k in token.children):
        return False
    return _POS.get(token.pos_) == "N" or (token.tag_ == "VBG" and token.dep_ == "nsubj")


def _adjective_frame(token: Token) -> Frame:
    """ "is ready to help": the copula's subject, the adjective's complements."""
    outer, inner = frame_of(token.head), frame_of(token)
    return Frame(token, False, outer.subject, None, None, inner.preps, inner.complements + outer.complements, (), None)


def _nominal(token: Token, verbs: Mapping[int, Hit]) -> Hit | None:
    row = _row(token)
    if row is None or token.dep_ not in _NOUN_PLACES or _is_history(token) or _is_ballot(token):
        return None
    if token.lemma_ == "talk" and token.tag_ == "NN" and token.dep_ != "dobj":
        return None  # "the scandal talk"
    if row.event_type not in VERBAL and token.dep_ in {"dobj", "nsubjpass"} and is_off(token.head):
        return None
    asked = _asked_for(token, row, verbs)
    told = asked is not None or (is_told(token, row) and not _told_by_verb(token, row, verbs))
    if token.dep_ in {"pobj", "conj", "appos", "oprd"} and not (told or _adjunct(token)):
        return None
    if token.dep_ == "dobj" and token.head.i in verbs and not told:
        return None
    light = token.head if token.dep_ == "dobj" and token.head.pos_ == "VERB" else None
    frame = frame_of(light) if light is not None else frame_of(token)
    if light is None:
        preps = frame.preps + (_happening(token.head) if token.dep_ == "nsubj" else ())
        frame = Frame(token, False, None, None, None, preps, (), (), None)
    mood = mood_of(token).with_(_of_happening(token))
    return Hit(token, row, frame, mood.with_(asked) if asked is not None else mood, told=told)


def _asked_for(noun: Token, row: Trigger, verbs: Mapping[int, Hit]) -> Mood | None:
    """ "demanded an inquiry", "agreed to talks": the mood of what is asked for or promised, not of what is said."""
    over = noun.head if noun.dep_ == "dobj" else noun.head.head
    if row.event_type in VERBAL or noun.dep_ not in {"dobj", "pobj"} or noun.sent.start == 0 or over.i not in verbs:
        return None
    kind = verbs[over.i].trigger.event_type
    bare = noun.tag_ == "NN" and not any(noun.lefts)  # "calls for violence"
    if bare or kind not in _UNDERTAKING or (noun.dep_ == "pobj" and noun.head.lower_ not in {"for", "to", "on"}):
        return None
    return Mood(unreal=kind == "REQUEST", planned=kind == "AGREE")


def _is_history(noun: Token) -> bool:
    """Whether the phrase names a year that lay well behind when the text was written: "the 1992 summit"."""
    written = noun.doc._.reference_on
    words = [t for t in noun.subtree if t.shape_ in {"dddd", "ddddx"} and t.text[:2] in {"17", "18", "19", "20"}]
    years = [int(t.text[:4]) for t in words]
    return written is not None and any(year < written.year - 1 for year in years)


def _row(noun: Token) -> Trigger | None:
    """The row of an event noun, of several the first whose words stand in its phrase."""
    return next(iter(_rows(noun)), None)


def _rows(noun: Token) -> list[Trigger]:
    if noun.ent_type_ in {"ORG", "PERSON", "GPE"}:
        return []
    return [row for row in _all_rows(noun) if any(all(_has(noun, test) for test in group) for group in row.needs)]


def _all_rows(noun: Token) -> Sequence[Trigger]:
    return triggers().get((noun.lemma_.lower() if noun.tag_ != "VBG" else noun.lower_, "N"), ())


def _has(noun: Token, test: Test) -> bool:
    if test.slot == "pp":
        return any(name == test.word for name, _ in prepositions(noun))
    if test.slot not in {"has", "hasnot"}:
        return True
    wanted = word_class(test.filler or "")
    return (test.slot == "has") == any({t.lemma_.lower(), t.lower_} & wanted for t in _telling(noun, test.slot))


def _telling(noun: Token, slot: str) -> Iterator[Token]:
    """The words that say what kind of thing a noun names: those in front of it, and whose or of what it is.

    Not what is told of it, nor where or against whom: "a strike on a school" is no teachers' strike. For `has` also
    the words in front of an owner: "a strike by bus drivers".
    """
    yield noun
    fronts = [k for k in noun.children if k.dep_ in _FRONT]
    owners = [thing for name, thing in prepositions(noun) if name in _OF_WHAT]
    for token in (*fronts, *owners):
        yield from coordinated(token)
        if slot == "has" or token in fronts:
            yield from (k for k in token.children if k.dep_ in {"compound", "nmod", "conj"})


def _happening(verb: Token) -> tuple[tuple[str, Token], ...]:
    """ "clashes raged for a third day between X and Y": the parties hang on the verb, or on the time."""
    pairs = prepositions(verb)
    return (*pairs, *(pair for _, thing in pairs for pair in prepositions(thing)))


def _adjunct(token: Token) -> bool:
    """ "after the attack on X", "during clashes between": a noun under a preposition of time or cause."""
    return token.dep_ == "pobj" and token.head.lower_ in {"after", "following", "during", "since", "amid"}


def _serves(hit: Hit, found: Mapping[int, Hit]) -> bool:
    """Whether the hit stands inside another one's complement or arguments and tells no event of its own."""
    token = hit.token
    for _ in range(12):
        head = token.head
        if head.i == token.i or _free(token, hit, found):
            return False
        if token.dep_ != "conj" and head.i in found and head.i != hit.token.i:
            return True
        token = head
    return False


def _free(token: Token, hit: Hit, found: Mapping[int, Hit]) -> bool:
    """Whether the clause of `token` stands on its own, whatever governs it."""
    if token.dep_ in {"parataxis", "meta"} or _is_before_semicolon(token):
        return True
    over = found.get(token.head.i)
    if token.dep_ == "advcl":
        if any(k.lower_ == "to" and k.dep_ == "aux" for k in token.children):
            return over is not None and is_done_for(token, hit.trigger.event_type, over.trigger.event_type)
        if token.tag_ == "VBG" and over is not None:
            own, above = hit.trigger, over.trigger
            if own.mode in _DETAILS:
                return token.sent.start > 0 and own.mode != above.mode
            return own.event_type not in VERBAL and own.event_type != above.event_type
        return True
    if token.dep_ == "pcomp":
        laid = is_charge(token) and _is_laid_to(token, hit, found.get(token.head.head.i))
        return laid or token.head.lower_ in _TIMES
    if token.dep_ == "ccomp" and over is not None and _is_content(token, over):
        return True
    if _is_undertaken(token, hit, found):
        return True
    if token.dep_ == "acl" and token.i == hit.token.i:
        return _is_free_of_noun(token, hit, over)
    return token.dep_ == "relcl" and (over is None or _is_finite_past(token))


def _is_before_semicolon(clause: Token) -> bool:
    """ "Police led two men away; both were released": the parser takes the first for what the second says."""
    head = clause.head
    return clause.dep_ == "ccomp" and clause.i < head.i and any(t.text == ";" for t in clause.doc[clause.i : head.i])


def _is_content(clause: Token, over: Hit) -> bool:
    """ "alleged that he had paid", "the court heard that": what is said to have happened, by one who says no more."""
    if over.token.lemma_ == "allege":
        return True
    finite = any(k.dep_ in SUBJECTS for k in clause.children) and mood_of(clause).status in {"asserted", "denied"}
    return finite and clause.sent.start > 0 and over.trigger.event_type in _TELLING


def _undertaking(token: Token, found: Mapping[int, Hit]) -> Hit | None:
    """What is promised or asked for with the clause of `token`: "agreed to lift it", "urged him to resign"."""
    over = found.get(token.head.head.i if token.dep_ == "pcomp" else token.head.i)
    if token.dep_ not in _CONTENTS or over is None or token.sent.start == 0:
        return None
    return over if over.trigger.event_type in _UNDERTAKING else None


def _is_undertaken(token: Token, hit: Hit, found: Mapping[int, Hit]) -> bool:
    """Whether the hit itself is what is promised or asked for, and told with it."""
    over = _undertaking(token, found) if token.i == hit.token.i else None
    return over is not None and over.trigger.event_type != hit.trigger.event_type


def _as_undertaken(hit: Hit, found: Mapping[int, Hit]) -> Hit:
    """A hit that was promised is planned, one that was asked for possible; what was gone to say was said."""
    over = _undertaking(hit.token, found)
    if is_purpose(hit.token) and hit.trigger.event_type not in _DEEDS and is_done_for(hit.token, ""):
        return replace(hit, mood=replace(hit.mood, planned=False))
    if over is None or hit.nominal:
        return hit
    asked = over.trigger.event_type == "REQUEST"
    return replace(hit, mood=replace(hit.mood, planned=not asked, unreal=hit.mood.unreal or asked))


def _is_free_of_noun(verb: Token, hit: Hit, over: Hit | None) -> bool:
    """Whether a verb that hangs on a noun tells something of its own; `over` is what the noun tells."""
    if verb.tag_ == "VB" and verb.head.lemma_ in word_class("DECISION"):
        return verb.sent.start > 0 and hit.trigger.event_type not in VERBAL
    if verb.tag_ == "VBN" and verb.lemma_ in word_class("LIGHT") and (verb.head.lemma_.lower(), "N") in triggers():
        return False  # "prevented the protest staged by students": it is as true as what is told of its noun
    is_aside = over is None or (over.trigger.event_type in _MILD and hit.trigger.event_type in _HARM)
    return is_aside and (_is_told_apart(verb) or _is_done_to_some(verb, hit))


def is_done_for(verb: Token, own: str, above: str | None = None) -> bool:
    """ "sat down outside to demand pay", "used batons to free him": a purpose told with what was done for it."""
    own_subject = any(k.dep_ in SUBJECTS for k in verb.children)
    done = verb.dep_ == "advcl" and verb.head.tag_ == "VBD" and verb.head.lemma_ not in word_class("UNDONE")
    return verb.sent.start > 0 and done and own != above and not own_subject


def is_charge(verb: Token) -> bool:
    """ "accused of killing", "charged with assaulting": what it was, not when it was laid to somebody."""
    return verb.dep_ == "pcomp" and verb.head.lower_ in {"of", "with"}


def _is_laid_to(verb: Token, hit: Hit, over: Hit | None) -> bool:
    """ "charged with assaulting an officer", "alleged that he attacked her": what somebody is accused of."""
    accused = over is not None and over.trigger.event_type == "ACCUSE"
    return accused and hit.trigger.event_type in _HARM and verb.sent.start > 0


def _is_finite_past(verb: Token) -> bool:
    """ "a shelling that killed eight": the noun's event and the verb's are told both."""
    return verb.tag_ == "VBD" and verb.sent.start > 0


def _is_done_to_some(verb: Token, hit: Hit) -> bool:
    """ "two guards killed in the raid", "the men held by the rebels": harm done to known or counted people."""
    if verb.tag_ != "VBN" or hit.trigger.event_type not in _HARM or verb.sent.start == 0:
        return False
    known = any(k.dep_ in {"nummod", "poss"} or (k.dep_ == "det" and k.lower_ in _DEFINITE) for k in verb.head.children)
    return known or verb.head.pos_ in {"NUM", "PROPN"}


def _is_told_apart(verb: Token) -> bool:
    """A participle with a day of its own tells a happening of its own: "two men charged on Friday were freed"."""
    spoken = verb.lemma_ in word_class("SAYING") and not any(name == "with" for name, _ in prepositions(verb))
    if verb.tag_ != "VBN" or spoken:
        return False
    days = [d for d in verb.doc._.dates if len(d.value or "") >= _TO_THE_DAY]
    return any(d.start <= t.idx < d.end for t in verb.subtree for d in days)


def orders(doc: Doc) -> Iterator[tuple[Token, Mood]]:
    """Verbs under "must" or "should" in reported speech: "Russia said Sudan must return the aircraft"."""
    for token in doc:
        if token.dep_ == "aux" and token.lower_ in _ORDERS and token.head.pos_ == "VERB" and _is_order(token):
            mood = mood_of(token.head)
            if mood.said_by is not None:
                yield token.head, mood


def _is_order(aux: Token) -> bool:
    """ "should leave", and neither "should know", "should have left" nor "should the mayor leave"."""
    if any(k.dep_ == "aux" and k.lower_ == "have" for k in aux.head.children):
        return False
    subject = next((k for k in aux.head.children if k.dep_ in {"nsubj", "nsubjpass"}), None)
    return aux.head.lemma_ not in word_class("STATE_VERBS") and (subject is None or subject.i < aux.i)


def prepositions_of(hit: Hit) -> list[tuple[str, Token]]:
    """(preposition, object) pairs of the trigger and, for light verbs, of its noun."""
    pairs = list(hit.frame.preps)
    if hit.nominal and hit.frame.verb.i != hit.token.i:
        pairs += prepositions(hit.token)
    return with_agent(pairs) if hit.nominal else pairs


def with_agent(pairs: list[tuple[str, Token]]) -> list[tuple[str, Token]]:
    """The pairs of a noun, with an agent that hangs on the nearer one: "the seizure of the post by militants"."""
    return pairs + [(by, t) for of, thing in pairs if of == "of" for by, t in prepositions(thing) if by == "by"]
