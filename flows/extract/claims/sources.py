"""Who speaks: from the cue to the noun phrase that stands for its source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from flows.extract.claims import remarks, stranded, utterers
from flows.extract.claims.datelines import datelines
from flows.extract.claims.scene import SUBJECTS, Scene
from flows.extract.claims.vocabulary import word_class

# Verbs whose object goes on to act: "US officials" speak in "Reuters reported US officials as saying".
_OBJECT_CONTROL: Final = word_class("OBJECT_CONTROL")
# Verbs whose object did what stands behind "of" or "for": "she accused the owner of refusing to answer".
_BLAMING: Final = word_class("BLAMING")
# Verbs that are never "to be" something actively.
_TOLD_OF: Final = word_class("TOLD_OF")
_SUBJECTLESS: Final = word_class("SUBJECTLESS")
_CLIMB: Final = ("conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "relcl", "acl", "dep", "parataxis", "acomp")
# Verbs whose object is what their subject says or holds.
_UTTERING: Final = word_class("UTTERING")
_INFORMING: Final = word_class("INFORMING")
_PERSUADING: Final = word_class("PERSUADING")
_MEANS: Final = word_class("MEANS")
_POSSESSIVES: Final = frozenset({"'s", "’s", "'", "’"})


def source_of(scene: Scene, i: int) -> int | None:
    """The head token of the source of the cue at token `i`, or None when nobody is named."""
    token = scene.tokens[i]
    found: Token | None
    if scene.lemma[i] in word_class("ACCORDING") or token.lower_ == "per":
        found = _according(token)
    elif token.pos_ in ("NOUN", "PROPN"):
        found = _of_noun(scene, token)
    elif token.pos_ == "ADV":
        found = None
    else:
        found = _of_verb(scene, token)
    if found is None:
        found = utterers.unnamed_by_parse(scene, token)
    else:
        found = None if utterers.was_asked(token, found) else utterers.behind(scene, token, found)
        found = _past_dateline(scene, found) if found is not None else None
    return found.i if found is not None and _can_speak(scene, found) else None


def _past_dateline(scene: Scene, found: Token) -> Token:
    """The minister in "HARBOUR CITY (AP) — The minister warned", where the parser takes the city for the subject."""
    verb = found.head
    line = next((d.span for d in datelines(scene.text) if d.span.start <= found.idx < d.span.end), None)
    if line is None or verb.idx < line.end:
        return found
    near = verb.i - 1
    while scene.tokens[near].idx >= line.end and scene.tokens[near].pos_ in ("ADV", "AUX", "PART"):
        near -= 1
    behind = scene.tokens[near].idx >= line.end
    return (stranded.nominal(scene, scene.tokens[near], verb.i) if behind else None) or found


def _can_speak(scene: Scene, token: Token) -> bool:
    if not _outside(scene, token):
        return False
    if token.pos_ in ("VERB", "AUX", "ADV"):  # a surname that the tagger took for a verb: "Ifill said"
        named = token.dep_ == "nsubj" and token.is_title and not token.is_sent_start
        return named or stranded.misread_name(scene, token)
    if token.pos_ in ("PUNCT", "SPACE"):
        return False
    if token.ent_type_ not in ("DATE", "TIME", "MONEY") or scene.quoted[token.i] >= 0:  # a programme's name
        return True
    if scene.lemma[token.i] == "minute" or token.lower_ in ("old", "olds"):  # of a meeting; "the 18-year-old"
        return True
    return stranded.is_share(scene, token)


def _outside(scene: Scene, token: Token) -> bool:
    """Whether the token stands outside quotation marks, or is a name in marks of its own: “Islamic State” said."""
    if scene.quoted[token.i] < 0:
        return True
    quotation = scene.quotations.spans[scene.quoted[token.i]]
    return token.pos_ == "PROPN" and quotation.end - quotation.start < 40


def _according(token: Token) -> Token | None:
    for child in token.children:
        if child.dep_ == "pobj":
            return child
        if child.dep_ == "prep":
            return next((x for x in child.children if x.dep_ == "pobj"), None)
    return None


def _of_noun(scene: Scene, token: Token) -> Token | None:
    """Possessor, else 'of' or 'by' or 'from' somebody, else the subject of the verb that governs the noun."""
    for child in token.children:
        if child.dep_ == "poss":
            return child
    for child in token.children:
        if child.dep_ == "prep" and child.text.lower() in ("by", "from", "of", "among"):
            person = next((x for x in child.children if x.dep_ == "pobj"), None)
            if person is not None and (person.ent_type_ in ("PERSON", "ORG", "GPE", "NORP") or child.text != "of"):
                return person
    verb = _giving(scene, token)
    return (_subject(verb) or _climbed(scene, verb)) if verb is not None else None


def _giving(scene: Scene, noun: Token) -> Token | None:
    """The verb whose subject utters the noun: "issued a warning that", "ended with a call for", "in a statement that".

    Of "amid warnings that", "responded to rumours that", "there were complaints that" nobody is told.
    """
    while noun.dep_ in ("conj", "appos") and noun.head.pos_ == "NOUN":
        noun = noun.head
    head = noun.head
    entry = scene.entry(noun.i)
    if noun.dep_ == "dobj":
        own = scene.lemma[head.i] in _UTTERING or (entry is not None and entry.act == "promised")
        return head if own else None
    if noun.dep_ != "pobj" or head.lower_ not in ("in", "with", "at", "on", "of"):
        return None
    while head.pos_ not in ("VERB", "AUX") and head.head.i != head.i:
        head = head.head
    return head


def _subject(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ in ("nsubj", "csubj")), None)


def _own_subject(scene: Scene, verb: Token) -> Token | None:
    """The subject outside quotation marks that stands nearest to the verb; whoever is told something is none."""
    found = [c for c in verb.children if c.dep_ == "nsubj" and scene.quoted[c.i] < 0]
    if scene.lemma[verb.i] in _INFORMING:  # “…,” Kostrel, who was indicted, told the host, Emma Larsen
        found = [c for c in found if c.i < verb.i] or found
    return min(found, key=lambda c: (abs(c.i - verb.i), c.i)) if found else None


def _of_verb(scene: Scene, token: Token) -> Token | None:
    if token.pos_ == "ADJ" and token.dep_ in ("acomp", "oprd", "attr"):
        return _subject(token.head) or _climbed(scene, token.head)
    if remarks.is_known_of_it(token):
        return None
    if _has_told(token):
        return _relative(next((c for c in token.children if c.dep_ in SUBJECTS), None))
    helpers = {c.dep_ for c in token.children}
    passive = bool(helpers & {"auxpass", "nsubjpass"})
    passive = passive or (token.tag_ == "VBN" and token.dep_ in ("advcl", "acl") and not helpers & {"aux", "nsubj"})
    passive = passive or _when_asked(token) or _told_of(scene, token)
    if passive and _moves(scene, token):  # "they were shocked by it"
        return next((c for c in token.children if c.dep_ in ("nsubjpass", "nsubj")), None) or _climbed(scene, token)
    agent = _agent(token)
    if agent is not None:
        return agent
    if passive:
        return None
    return next((found for found in _by_parse_or_place(scene, token) if found and _can_speak(scene, found)), None)


def _by_parse_or_place(scene: Scene, token: Token) -> Iterator[Token | None]:
    """Who may be the speaker of an active verb, the surest first."""
    yield _relative(_own_subject(scene, token))
    yield _inverted(scene, token)
    if stranded.closes_quotation(scene, token):
        yield stranded.beside(scene, token)
    if stranded.behind_relative(scene, token):
        yield stranded.of_the_sentence(scene, token)
    yield _climbed(scene, token)
    yield stranded.beside(scene, token)
    yield stranded.set_off(scene, token)
    yield stranded.of_the_sentence(scene, token)


def _has_told(token: Token) -> bool:
    """Whether the "'s" before the verb is "has": "he's said the same thing", which the parser takes for a passive.

    What "it's" said to be, with a clause, is said by nobody.
    """
    short = any(c.dep_ == "auxpass" and c.lower_ in ("'s", "’s") for c in token.children)
    told = ("dobj",) if any(c.lower_ == "it" and c.dep_ in SUBJECTS for c in token.children) else ("dobj", "ccomp")
    return short and any(c.dep_ in told and c.i > token.i for c in token.children)


def _moves(scene: Scene, token: Token) -> bool:
    """Whether the passive subject of the verb is whoever holds it: "was shocked by", "is convinced that"."""
    entry = scene.entry(token.i)
    return entry is not None and (entry.act == "felt" or scene.lemma[token.i] in _PERSUADING)


def _told_of(scene: Scene, token: Token) -> bool:
    """Whether something is said of the noun before the verb: "a woman believed to be his aunt", which the parser
    takes for the woman's belief."""
    to = token.i + 1
    if token.tag_ not in ("VBD", "VBN") or scene.lemma[token.i] not in _TOLD_OF or to + 1 >= len(scene.tokens):
        return False
    helped = any(c.dep_ == "aux" for c in token.children)
    return not helped and scene.tokens[to].lower_ == "to" and scene.lemma[to + 1] in ("be", "have")


def _when_asked(token: Token) -> bool:
    """Whether somebody is asked by nobody named: "when asked whether it was true, she said"."""
    opened = any(c.dep_ == "advmod" and c.lower_ in ("when", "if", "once") for c in token.children)
    asked = token.lower_ in ("asked", "pressed", "questioned") and (opened or bool(token.is_sent_start))
    return asked and token.dep_ == "advcl" and not any(c.dep_ in (*SUBJECTS, "aux") for c in token.children)


def _agent(token: Token) -> Token | None:
    for child in token.children:
        by = child.dep_ == "prep" and child.lower_ == "by" and token.tag_ == "VBN"
        if (child.dep_ == "agent" or by) and child.i > token.i:  # not "By contrast, the talks were welcomed"
            found = next((x for x in child.children if x.dep_ == "pobj"), None)
            if found is not None and found.pos_ in ("NOUN", "PROPN", "PRON") and found.lower_ not in _MEANS:
                return found
    return None


def _relative(subject: Token | None) -> Token | None:
    """'who' stands for what its clause hangs on."""
    if subject is None or subject.tag_ not in ("WP", "WDT"):
        return subject
    clause = subject.head
    while clause.dep_ in ("conj", "xcomp", "ccomp", "aux"):
        clause = clause.head
    return clause.head if clause.dep_ == "relcl" else subject


def _inverted(scene: Scene, token: Token) -> Token | None:
    """'said one fighter', where the parser made the speaker an object or a loose noun."""
    after = token.i + 1
    before = scene.tokens[token.i - 1] if token.i else None
    if before is None or not (before.is_punct or before.is_quote) or token.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    if scene.lemma[token.i] == "tell":  # "…, told reporters": they are told
        return None
    for child in token.children:
        loose = child.i >= after and child.dep_ in ("dobj", "npadvmod", "dep", "attr", "appos", "oprd")
        nominal = child.pos_ in ("PROPN", "NOUN", "PRON") and scene.quoted[child.i] < 0
        if loose and nominal and not _has_clause(token):
            return child
    return None


def _has_clause(token: Token) -> bool:
    return any(c.dep_ in ("ccomp", "xcomp") and c.i > token.i for c in token.children)


def _climbed(scene: Scene, token: Token) -> Token | None:
    """The subject of the nearest verb above that shares its subject with `token`."""
    current = token
    for _ in range(5):
        head = current.head
        if head.i == current.i or current.dep_ not in _CLIMB:
            return None
        if current.dep_ in ("relcl", "acl") and head.pos_ in ("NOUN", "PROPN", "PRON") and _outside(scene, head):
            return head
        if head.pos_ in ("VERB", "AUX"):
            found = _above(current, head, token)
            if found is not None:
                return _relative(found)
        current = head
    return None


def _above(current: Token, head: Token, cue: Token) -> Token | None:
    lemma = head.lemma_.lower()
    if lemma in _SUBJECTLESS and current.dep_ == "xcomp" and current.i == cue.i:
        return None
    blamed = lemma in _BLAMING and current.dep_ == "prep" and current.lower_ in ("of", "for", "with")
    if blamed or (lemma in _OBJECT_CONTROL and current.dep_ in ("prep", "xcomp", "ccomp", "pcomp")):
        for child in head.children:
            if child.dep_ in ("dobj", "nsubjpass") and child.pos_ in ("NOUN", "PROPN", "PRON"):
                return child
    if current.dep_ == "ccomp":
        return None
    for child in head.children:
        if child.dep_ in SUBJECTS:
            return child if child.dep_ != "csubj" else None
    return None


def phrase(scene: Scene, head: int) -> tuple[int, int]:
    """First and last token of the noun phrase of `head`, without a trailing relative clause or possessive mark."""
    if head in scene.signed:
        return scene.signed[head]
    token = scene.tokens[head]
    first = last = head
    for child in token.children:
        if child.i < head:
            day = child.dep_ == "compound" and child.ent_type_ == "DATE" != token.ent_type_  # "wrote on | Friday Lund"
            if child.dep_ not in ("punct", "cc", "preconj", "ccomp", "parataxis") and not day:
                first = min(first, child.left_edge.i)
        elif not _ends_phrase(scene, child):
            last = max(last, _last_of(child))
        else:
            break
    return _trim(scene, first, last, head)


def _ends_phrase(scene: Scene, child: Token) -> bool:
    if child.dep_ == "punct":
        return child.text in (";", "--", "—", "–", ":") or scene.mark[child.i]
    if child.dep_ == "case" or child.dep_ in ("relcl", "advcl", "ccomp", "parataxis"):
        return True
    if child.dep_ == "acl" or (child.ent_type_ == "PERSON" and child.head.ent_type_ == "ORG" and child.dep_ != "conj"):
        return True
    if child.dep_ == "prep" and child.lower_ == "for" and child.head.head.dep_ == "agent":
        return True  # "criticised by the opposition | for his silence"
    if child.lower_ == "at" and _is_bare_number(scene, child.i + 1):  # "the ministry at 50, the opposition | at 70"
        return True
    if child.dep_ == "prep":
        return child.text.lower() not in ("of", "for", "in", "at", "with", "from", "to", "on", "and")
    return child.pos_ == "VERB" and child.dep_ not in ("conj", "amod", "compound")


def _is_bare_number(scene: Scene, i: int) -> bool:
    """Whether a number stands at token `i` and no noun behind it: "at 70", not "at 10 Harbour Street"."""
    behind = scene.tokens[i + 1].pos_ if i + 1 < len(scene.tokens) else "PUNCT"
    return i < len(scene.tokens) and scene.tokens[i].like_num and behind not in ("NOUN", "PROPN", "NUM")


def _last_of(child: Token) -> int:
    """The right edge of `child` cut before a clause of its own."""
    last = child.right_edge.i
    for token in child.subtree:
        if token.dep_ in ("relcl", "acl") and token.i > child.i:
            last = min(last, token.left_edge.i - 1)
    return max(child.i, last)


def _trails(scene: Scene, last: int) -> bool:
    """Whether the last token of a phrase is no part of it: a mark, a possessive, an "and" that joins nothing."""
    token = scene.tokens[last]
    return not scene.is_word(last) or token.text in _POSSESSIVES or token.dep_ == "cc"


def _trim(scene: Scene, first: int, last: int, head: int) -> tuple[int, int]:
    dash = next((i for i in range(head - 1, first, -1) if scene.is_dash(i)), None)
    first = first if dash is None else dash + 1  # "Dam is safe - minister"
    while first < head and (scene.tokens[first].is_punct or scene.tokens[first].is_space or scene.mark[first]):
        first += 1
    while last > head and _trails(scene, last):
        last -= 1
    inside = [t.text for t in scene.tokens[first : last + 1]]
    if inside.count("(") > inside.count(")") and scene.tokens[min(last + 1, len(scene.tokens) - 1)].text == ")":
        last += 1
    for i in range(first, last + 1):
        if scene.tokens[i].is_space and "\n" in scene.tokens[i].text:
            return (i + 1, last) if i < head else (first, i - 1)
    return first, last
