"""Whose a quotation is by the sentence before it: "Brandl was blunt. “We shall not yield.”\""""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from flows.extract.claims import sources
from flows.extract.claims.acts import SPEECH
from flows.extract.claims.assemble import Draft
from flows.extract.claims.people import is_known, is_person, is_somebody
from flows.extract.claims.scene import CORE, SUBJECTS, Scene
from flows.extract.claims.vocabulary import papers, word_class

STOPS: Final = frozenset({".", "!", "?", "…", "...", "…."})
_MAIN: Final = frozenset({"ROOT", "conj", "ccomp", "parataxis"})  # a cue that its sentence is made for
_PAST: Final = frozenset({"past", "at", "to", "from", "of", "under"})  # "walked past the mural", not "said in a letter"
_USUAL: Final = 2  # strength of a verb in the lexicon that a colon makes sure
_HEARERS: Final = ("dobj", "dative")
_BE: Final = frozenset({"is", "are", "was", "were"})


def sentence_before(scene: Scene, first: int) -> tuple[int, int] | None:
    """First and last token of the sentence that ends right before the quotation, in its paragraph or the one before."""
    end = first - 1
    while end >= 0 and scene.tokens[end].is_space:
        end -= 1
    if end < 0 or scene.paragraph[first] - scene.paragraph[end] > 1 or scene.tokens[end].text not in (*STOPS, ":"):
        return None
    return scene.sentences[scene.sentence[end]][0], end


def saying(scene: Scene, words: frozenset[int], first: int, kept: list[Draft]) -> Draft | None:
    """The last saying of the sentence before the quotation of `words`, where all that is said in it is one speaker's.

    Whoever asks does not go on with the answer, nor does anybody behind whom another has the word: "but locals doubt
    it. “…”".
    """
    sentence = sentence_before(scene, first)
    if sentence is None:
        return None
    start, end = sentence
    said = [d for d in kept if start <= d.cue <= end and not d.bare]
    if scene.tokens[end].text != ":":
        said = [d for d in said if scene.tokens[d.cue].dep_ in _MAIN]
    entry = scene.entry(said[-1].cue) if said else None
    if entry is None or entry.act not in SPEECH - {"denied"} or len({d.source for d in said}) != 1:
        return None
    answer = entry.act == "asked" and not is_question(scene, words)
    source = said[-1].source
    if answer or source is None or _one_for_many(scene, words, source) or _objection(scene, said[-1].cue, end):
        return None
    return said[-1]


def is_question(scene: Scene, words: frozenset[int]) -> bool:
    """Whether the last sign behind the words, within their marks, is a question mark."""
    i = max(words) + 1
    while i < len(scene.tokens) and scene.tokens[i].is_punct and not scene.mark[i]:
        if scene.tokens[i].text[-1] == "?":
            return True
        i += 1
    return False


def _one_for_many(scene: Scene, words: frozenset[int], source: int) -> bool:
    """Whether the quotation says "I" and the speakers are several: critics speak so, but not these words."""
    token = scene.tokens[source]
    many = token.tag_ in ("NNS", "NNPS") or token.lower_ == "they"
    return many and any(scene.tokens[i].lower_ in ("i", "my", "me") for i in words)


def subject(scene: Scene, words: frozenset[int], first: int, last: int) -> tuple[Token, int] | None:
    """Verb and subject of the sentence before the quotation, where the subject is a person or body, nobody else is
    named in it, and neither it nor what follows the quotation tells that these are no spoken words."""
    sentence = sentence_before(scene, first)
    if sentence is None:
        return None
    start, end = sentence
    if scene.tokens[end].text == "?" or any(scene.quoted[i] >= 0 for i in range(start, end + 1)):
        return None
    root = _root(scene, start, end)
    if root is None or root.pos_ not in ("VERB", "AUX"):
        return None
    found = next((c for c in root.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    asking = scene.lemma[root.i] in word_class("ASKING")
    if found is None or (found.dep_ == "nsubjpass" and not asking):
        return None
    if asking and found.dep_ == "nsubj" and not is_question(scene, words):
        return None
    if (
        scene.tokens[end].text == ":" and _says(scene, root, _USUAL) and is_somebody(scene, found)
    ):  # "They continued: “…”"
        return root, found.i
    if not is_known(scene, found):
        found = _owner(scene, found) or _concerned(scene.tokens[start])
    if found is None or not is_known(scene, found) or _rivals(scene, found, start, end):
        return None
    if _utters(scene, root):
        return root, found.i
    led_up = scene.tokens[end].text == ":" or is_person(scene, found)
    told = led_up and not _supposed(root) and not _has_paper(scene, root, found) and not _is_written(scene, last)
    return (root, found.i) if told else None


def _root(scene: Scene, start: int, end: int) -> Token | None:
    """The root of the sentence; of one that ends with a colon the verb that the parser hung on the quotation's.

    Behind a dash stands whom the quotation is from: "Brandl fails to win a seat - Gazette: “…”".
    """
    tokens = scene.tokens[start : end + 1]
    root = next((t for t in tokens if t.head.i == t.i), None)
    if root is not None or scene.tokens[end].text != ":" or any(scene.is_dash(t.i) for t in tokens):
        return root
    return next((t for t in tokens if t.head.i > end and t.pos_ in ("VERB", "AUX")), None)


def _supposed(verb: Token) -> bool:
    """Whether the verb tells only what may or ought to be: "the mayor must decide" is no scene in which she speaks."""
    return any(c.dep_ == "aux" and c.tag_ == "MD" and c.lower_ not in ("ca", "can", "could") for c in verb.children)


def _owner(scene: Scene, noun: Token) -> Token | None:
    """Brandl in "Brandl's answer was short"."""
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    return owner if scene.entry(noun.i) is not None else None


def _concerned(first: Token) -> Token | None:
    """Odell in "For Odell, the choice is simple"."""
    named = next((c for c in first.children if c.dep_ == "pobj"), None) if first.lower_ in ("for", "to") else None
    return named if named is not None and named.ent_type_ == "PERSON" else None


def _rivals(scene: Scene, found: Token, start: int, end: int) -> bool:
    """Whether another person is named in the sentence or goes on with it, or others are joined to the subject.

    Whom the subject tells something ("told Brandl that …") is nobody else who could go on.
    """
    first, last = sources.phrase(scene, found.i)
    own = next((m.entity for m in scene.doc._.mentions if m.root == found.i), None)
    if any(c.dep_ == "conj" for c in found.children) or _objection(scene, found.i, end):
        return True
    return any(
        start <= m.root <= end
        and not first <= m.root <= last
        and m.kind == "person"
        and (m.entity is None or m.entity != own)
        and not _is_told(scene, found, scene.tokens[m.root])
        for m in scene.doc._.mentions
    )


def _is_told(scene: Scene, subject: Token, other: Token) -> bool:
    """Whether the other is the hearer of what the subject says: "Lund told Brandl that …"."""
    verb = subject.head
    return other.head.i == verb.i and other.dep_ in _HEARERS and other.i > verb.i and _says(scene, verb)


def _objection(scene: Scene, i: int, end: int) -> bool:
    """Whether somebody else has a clause of his own behind a comma and "but": "…, but locals were not convinced"."""
    for k in range(i + 2, end):
        opens = scene.tokens[k - 1].text == "," and scene.tokens[k].lower_ in word_class("ADVERSE")
        if not opens or scene.quoted[k] >= 0:
            continue
        other = next((t for t in scene.tokens[k + 1 : end] if t.dep_ in SUBJECTS), None)
        if other is not None and other.pos_ != "PRON" and is_somebody(scene, other):
            return True
    return False


def _says(scene: Scene, verb: Token, least: int = CORE) -> bool:
    """Whether the lexicon has the verb for one of speech, at least so surely."""
    entry = scene.entry(verb.i)
    return entry is not None and entry.act in SPEECH and entry.strength >= least


def _utters(scene: Scene, verb: Token) -> bool:
    """Whether the verb tells that its subject speaks or writes: "issued a letter", "spoke on the radio"."""
    if _says(scene, verb):
        return True
    lemma = scene.lemma[verb.i]
    if lemma in word_class("UTTERING") | word_class("AUTHORING"):
        objects = [c for c in verb.children if c.dep_ == "dobj"]
        return any(_is_paper(scene, c) or scene.entry(c.i) is not None for c in objects)
    return lemma in word_class("APPEARING")


def _has_paper(scene: Scene, verb: Token, found: Token) -> bool:
    """Whether the subject comes upon something with words of its own: "opened the letter", "walked past the mural"."""
    objects = [c for c in verb.children if c.dep_ in ("dobj", "attr")]
    objects += [x for c in verb.children if c.lower_ in _PAST for x in c.children if x.dep_ == "pobj"]
    return any(_is_paper(scene, c) and not _is_own(c) for c in objects if c.i > found.i)


def _is_paper(scene: Scene, noun: Token) -> bool:
    lemma = scene.lemma[noun.i]
    return lemma in word_class("INSCRIBED") or lemma in papers("handed_on") or lemma in papers("authored")


def _is_own(paper: Token) -> bool:
    """Whether the paper is the subject's: "his letter", or "this message" with which the quotation is brought in."""
    return any(c.dep_ in ("poss", "det") and c.lower_ in ("his", "her", "their", "this") for c in paper.lefts)


def _is_written(scene: Scene, last: int) -> bool:
    """Whether the sentence behind the quotation tells whose the words are, or what they stand on: "The sign had been
    there for years", "So ran the headline", "That was how the court put it"."""
    i = last + 1
    if i + 1 >= len(scene.tokens) or scene.paragraph[i] != scene.paragraph[last] or scene.quoted[i] >= 0:
        return False
    opening, then = scene.tokens[i], scene.tokens[i + 1]
    if opening.lower_ in ("so", "thus"):
        return scene.lemma[then.i] in word_class("RUNNING")
    if opening.lower_ in ("that", "those", "these") and then.lower_ in _BE:
        return True
    end = scene.sentences[scene.sentence[i]][1]
    noun = next((t for t in scene.tokens[i:end] if t.dep_ in SUBJECTS), None)
    written = word_class("INSCRIBED") | word_class("WORDED")
    if noun is None or noun.left_edge.i != i or scene.lemma[noun.i] not in written:
        return False
    return not any(c.lower_ in ("his", "her", "their") for c in noun.lefts)
