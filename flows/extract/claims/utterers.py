"""From the grammatical source to whoever really speaks: past a document, an apposition, a wrong coordination."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from flows.extract.claims import content, thatclause
from flows.extract.claims.acts import SPEECH
from flows.extract.claims.cues import joined_in
from flows.extract.claims.scene import SUBJECTS, Scene
from flows.extract.claims.vocabulary import papers, word_class

_REPORTING: Final = word_class("REPORTING")
_GOING_ON: Final = word_class("GOING_ON")
_TRAILING: Final = word_class("TRAILING")


def behind(scene: Scene, cue: Token, source: Token) -> Token:
    """The speaker for whom the token `source` was found; `source` itself in the plain case."""
    joined = joined_in(scene, cue.i)
    if joined is not None:
        return behind(scene, scene.tokens[joined], source)
    found = _of_the_outer_cue(scene, cue, source)
    if found is not None:
        return found
    if scene.lemma[source.i] in papers("authored"):
        return _author(source) or source
    return _set_beside(source) or source


def _author(paper: Token) -> Token | None:
    """The company in "a statement by the owner, the Harbour Company, put …"."""
    for child in paper.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from"):
            author = next((x for x in child.children if x.dep_ == "pobj" and x.pos_ in ("NOUN", "PROPN")), None)
            if author is None or author.pos_ == "PROPN":
                return author
            named = [c for t in (author, paper) for c in t.children if c.dep_ == "appos" and c.pos_ == "PROPN"]
            return named[0] if named else author
    return None


def _set_beside(source: Token) -> Token | None:
    """The doctor in "20 were taken prisoner, a doctor said": a bare noun that an apposition with an article follows."""
    bare = source.tag_ == "NN" and not any(c.i < source.i and c.dep_ != "punct" for c in source.children)
    if not bare or source.is_sent_start or source.dep_ not in SUBJECTS:
        return None
    for child in source.children:
        article = any(c.dep_ == "det" and c.lower_ in ("a", "an", "the", "one") for c in child.children)
        if child.dep_ == "appos" and article and child.i > source.i:
            return child
    return None


def was_asked(cue: Token, source: Token) -> bool:
    """Whether the source of "asked" was asked, not asking: "the spokesman, asked whether it was true, said"."""
    if cue.lower_ not in ("asked", "pressed", "questioned") or source.dep_ not in SUBJECTS or source.head.i != cue.i:
        return False
    before = cue.nbor(-1) if cue.i else cue
    said = cue.head.i > cue.i and cue.dep_ in ("ccomp", "advcl", "parataxis") and cue.head.tag_ in ("VBD", "VBZ")
    return before.text == "," and said


def unnamed_by_parse(scene: Scene, cue: Token) -> Token | None:
    """The speaker where the parse gives the cue none: whoever was asked, or spoke before the cue goes on."""
    return asked_before(scene, cue) or of_resumed(scene, cue) or _split_off(scene, cue) or shouting(scene, cue)


def shouting(scene: Scene, cue: Token) -> Token | None:
    """They in "Shouting “Go home!” they marched on", where the parser ends a sentence with the quotation."""
    number = scene.sentence[cue.i]
    start, end = scene.sentences[number]
    if cue.tag_ != "VBG" or cue.i != start or number + 1 >= len(scene.sentences):
        return None
    last = next((k for k in range(end - 1, cue.i, -1) if not scene.tokens[k].is_space), cue.i)
    after, stop = scene.sentences[number + 1]
    if scene.quoted[last] < 0 or scene.quoted[cue.i + 1] != scene.quoted[last]:
        return None
    if scene.paragraph[after] != scene.paragraph[cue.i]:
        return None
    verb = next((scene.tokens[k] for k in range(after, stop) if scene.tokens[k].dep_ == "ROOT"), cue)
    return next((c for c in verb.children if c.dep_ in SUBJECTS and c.i < verb.i), None)


def _split_off(scene: Scene, cue: Token) -> Token | None:
    """She in "She called the offer “an insult,” adding …", where the parser begins a sentence with the quotation."""
    number = scene.sentence[cue.i]
    if cue.tag_ != "VBG" or not number or scene.lemma[cue.i] not in _TRAILING:
        return None
    if not content.split_off(scene, number) or not (scene.mark[cue.i - 1] or scene.tokens[cue.i - 1].text == ","):
        return None
    start, end = scene.sentences[number - 1]
    verb = next((scene.tokens[k] for k in range(start, end) if scene.tokens[k].dep_ == "ROOT"), cue)
    return next((c for c in verb.children if c.dep_ in SUBJECTS), None) if speaks(scene, verb, 2) else None


def of_resumed(scene: Scene, cue: Token) -> Token | None:
    """The subject of the saying that the cue goes on from, where the verb between has none."""
    outer = resumed(scene, cue)
    return next((c for c in outer.children if c.dep_ in SUBJECTS), None) if outer is not None else None


def without_resumed(scene: Scene, cue: int, words: set[int]) -> set[int]:
    """`words` without those of a saying that goes on from the cue: it is a claim of its own."""
    found = words
    for i in sorted(words):
        token = scene.tokens[i]
        if token.tag_ in ("VBD", "VBG") and i > cue and scene.quoted[i] < 0:
            outer = resumed(scene, token)
            if outer is not None and outer.i == cue:
                first = opens_at(scene, token)
                found = {k for k in found if k < first or scene.sentence[k] != scene.sentence[i]}
    return found


def asked_before(scene: Scene, cue: Token) -> Token | None:
    """The spokesman for the "said" of that sentence, to which the parser gives no subject."""
    if cue.tag_ not in ("VBD", "VBZ") or scene.lemma[cue.i] not in _GOING_ON:
        return None
    for child in cue.children:
        subject = next((c for c in child.children if c.dep_ in SUBJECTS), None) if child.i < cue.i else None
        if subject is not None and was_asked(child, subject):
            return subject
    return None


def _of_the_outer_cue(scene: Scene, cue: Token, source: Token) -> Token | None:
    """The spokesman in "the spokesman admitted that the post had been lost but said …"."""
    outer = resumed(scene, cue)
    if outer is None or not any(c.i == source.i for c in cue.head.children):
        return None
    return next((c for c in outer.children if c.dep_ in SUBJECTS), None)


def resumed(scene: Scene, cue: Token) -> Token | None:
    """The verb of saying which the cue goes on from, where the parser joined it to the verb of what was said."""
    inner = cue.head
    if any(c.dep_ in SUBJECTS or c.dep_ in ("aux", "mark") for c in cue.children):
        return None
    if inner.dep_ != "ccomp":
        return _behind_quotation(scene, cue)
    outer = inner.head
    if any(t.text in (".", "!", "?") for t in scene.tokens[outer.i : cue.i]):  # the parser missed where one ends
        return None
    if scene.lemma[outer.i] in _REPORTING and (_goes_on(scene, cue, inner) or _turns(scene, cue)):
        return outer
    if _parallel(scene, cue, inner, outer) or (speaks(scene, outer, 2) and _disagrees(scene, cue, inner, outer)):
        return outer
    return outer if speaks(scene, outer, 3) and _trails(scene, cue, inner) else None


def _behind_quotation(scene: Scene, cue: Token) -> Token | None:
    """The verb "called" of "she called it “an insult”, adding that …", where the parser hung the participle within."""
    outer = cue.head
    if cue.tag_ != "VBG" or scene.lemma[cue.i] not in _TRAILING or scene.quoted[outer.i] < 0 or cue.i < outer.i:
        return None
    before = scene.tokens[opens_at(scene, cue) - 1]
    while scene.quoted[outer.i] >= 0 and outer.head.i != outer.i:
        outer = outer.head
    here = scene.quoted[cue.i] < 0 and (before.text == "," or scene.mark[before.i])
    return outer if here and speaks(scene, outer, 2) else None


def speaks(scene: Scene, token: Token, least: int) -> bool:
    """Whether the lexicon knows the token as a verb of speech, at least so surely."""
    entry = scene.entry(token.i) if token.pos_ == "VERB" else None
    return entry is not None and entry.act in SPEECH and entry.strength >= least


def _goes_on(scene: Scene, cue: Token, inner: Token) -> bool:
    """Whether the cue is the second saying of "admitted that it had been lost but said"."""
    if cue.dep_ != "conj" or cue.tag_ != "VBD" or scene.lemma[cue.i] not in _GOING_ON:
        return False
    return any(c.dep_ == "aux" and c.lower_ in ("had", "would", "'d", "’d") for c in inner.children)


def _turns(scene: Scene, cue: Token) -> bool:
    """Whether the cue is the second saying of "said Norland wanted a vote, but warned that …": a comma parts them."""
    first = opens_at(scene, cue)
    but = scene.tokens[first].lower_ in ("but", "and") and scene.tokens[first - 1].text == ","
    return cue.dep_ == "conj" and cue.tag_ == "VBD" and but and speaks(scene, cue, 2)


def _parallel(scene: Scene, cue: Token, inner: Token, outer: Token) -> bool:
    """Whether both have a that-clause and "but" stands between: "noted that it had rained but warned that …"."""
    opened = thatclause.opened(outer)
    but = scene.tokens[opens_at(scene, cue)].lower_ == "but" and cue.dep_ == "conj" and cue.tag_ == outer.tag_
    return (
        opened
        and but
        and thatclause.opened(cue)
        and speaks(scene, outer, 2)
        and speaks(scene, cue, 2)
        and not speaks(scene, inner, 2)
    )


def _disagrees(scene: Scene, cue: Token, inner: Token, outer: Token) -> bool:
    """Whether the cue has the tense of the outer verb, not of the inner: "said he has no plan and suggested that"."""
    if (
        cue.dep_ != "conj"
        or cue.tag_ not in ("VBD", "VBZ", "VBP")
        or cue.tag_ != outer.tag_
        or not speaks(scene, cue, 2)
    ):
        return False
    helpers = {c.lower_ for c in inner.children if c.dep_ in ("aux", "auxpass")}
    if inner.tag_ == "VBN" and cue.tag_ == "VBD" and (not helpers or helpers & {"had", "was", "were"}):
        return False
    return inner.tag_ != cue.tag_ or bool(helpers)


def _may_trail(scene: Scene, cue: Token) -> bool:
    """Whether the participle goes on with a saying: a listed verb, or any cue with a clause of its own."""
    if scene.lemma[cue.i] in _TRAILING:
        return True
    return any(c.dep_ == "ccomp" for c in cue.children) and speaks(scene, cue, 2)


def _trails(scene: Scene, cue: Token, inner: Token) -> bool:
    """Whether the cue is the participle of "insisted that the wall was safe, warning that …", whose inner verb says
    nothing itself."""
    if cue.dep_ != "advcl" or cue.tag_ != "VBG" or not _may_trail(scene, cue):
        return False
    before = scene.tokens[opens_at(scene, cue) - 1]
    return cue.i > inner.i and before.text == "," and not speaks(scene, inner, 2)


def opens_at(scene: Scene, cue: Token) -> int:
    """The token with which the second saying begins: the cue, or the adverb or "but" right before it."""
    first = cue.i
    while first > 0 and scene.tokens[first - 1].dep_ in ("cc", "advmod") and scene.tokens[first - 1].pos_ != "VERB":
        first -= 1
    return first
