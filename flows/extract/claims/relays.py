"""Who only passes on what another said: a publication's own report of it, and the source that a publication quotes."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from flows.extract.claims import thatclause
from flows.extract.claims.assemble import Draft, source_tokens
from flows.extract.claims.scene import CORE, Scene
from flows.extract.claims.speakers import speaker_of
from flows.extract.claims.utterers import speaks
from flows.extract.claims.vocabulary import word_class
from flows.resources import words as listed


def relayed(scene: Scene, found: list[Draft], publishers: frozenset[int]) -> list[Draft]:
    """Turn a publication's report of somebody's words into a hop: "…, Khamenei said, according to IRNA"."""
    relays: dict[int, list[int]] = {}
    gone: set[int] = set()
    for outer in found:
        if outer.source is None or outer.cue in gone:
            continue
        inner = [d for d in found if d.source not in (None, outer.source) and d.cue not in gone]
        passes_on = _passes_on(scene, outer, publishers)
        inner = [
            d
            for d in inner
            if (passes_on and d.cue in outer.words and _covers(scene, d, outer))
            or _set_within(scene, d, outer)
            or (outer.source in publishers and _hung_within(scene, d, outer))
        ]
        if inner:
            gone.add(outer.cue)
            for d in inner:
                relays.setdefault(d.cue, []).append(outer.source)
    tails = {d.source: set(range(d.cue, _end_of_source(scene, d) + 1)) for d in found if d.cue in gone}
    return [
        replace(d, relays=(*d.relays, *passed), words=d.words.difference(*(tails.get(r, ()) for r in passed)))
        for d in found
        if d.cue not in gone
        for passed in [relays.get(d.cue, [])]
    ]


def _hung_within(scene: Scene, inner: Draft, outer: Draft) -> bool:
    """Whether the outer cue is the "according to" at the end of "she said the dam had burst, according to Reuters"."""
    if scene.lemma[outer.cue] not in word_class("ACCORDING") or outer.cue not in inner.words or not outer.cue:
        return False
    last = max(i for i in inner.words if scene.sentence[i] == scene.sentence[outer.cue])
    return scene.tokens[outer.cue - 1].text == "," and last == _end_of_source(scene, outer)


def _end_of_source(scene: Scene, each: Draft) -> int:
    """The last token of the source, or the cue where nobody is named."""
    return max(source_tokens(scene, each.source), default=each.cue)


def _set_within(scene: Scene, inner: Draft, outer: Draft) -> bool:
    """Whether the outer cue is the "according to" of "she said, according to the minutes, that …"."""
    return scene.lemma[outer.cue] in word_class("ACCORDING") and thatclause.holds(scene, inner.cue, outer.cue)


def _passes_on(scene: Scene, outer: Draft, publishers: frozenset[int]) -> bool:
    if outer.source in publishers:
        return True
    relaying = scene.lemma[outer.cue] in word_class("RELAYING")
    return relaying and outer.source is not None and scene.lemma[outer.source] in word_class("RELAYS")


def _covers(scene: Scene, inner: Draft, outer: Draft) -> bool:
    """Whether the inner claim, its cue and its source are most of what the outer one says."""
    own = inner.words | source_tokens(scene, inner.source) | {inner.cue}
    start, end = scene.sentences[scene.sentence[inner.cue]]
    here = [i for i in outer.words if start <= i < end]
    return 2 * len(own & set(here)) > len(here)


def cited(scene: Scene, found: list[Draft], publishers: frozenset[int]) -> list[Draft]:
    """Whom a publication quotes is the speaker: "the town had fallen, state radio reported, quoting a general"."""
    done = []
    gone: set[int] = set()
    for each in found:
        quoting = _quoting(scene, each) if _is_medium(scene, each, publishers) else None
        if quoting is None or each.source is None:
            done.append(each)
            continue
        verb, who = quoting
        gone.add(verb.i)
        that = thatclause.opening(scene, each.cue) or 0
        end = that if that > verb.i else verb.right_edge.i + 1  # the parser may hang the clause on whom they quote
        words = each.words.difference(range(verb.left_edge.i, end))
        done.append(replace(each, source=who.i, relays=(*each.relays, each.source), words=words))
    return [d for d in done if d.cue not in gone and d.words]


def _is_medium(scene: Scene, each: Draft, publishers: frozenset[int]) -> bool:
    """Whether a publication, named or not, says it: "Reuters reported", "the newspaper said", "a news agency said"."""
    if each.source is None or each.source in publishers:
        return each.source is not None
    if not speaks(scene, scene.tokens[each.cue], CORE) and scene.lemma[each.cue] not in word_class("RELAYING"):
        return False
    source = scene.tokens[each.source]
    if scene.lemma[each.cue] in word_class("RELAYING") and scene.lemma[each.source] in word_class("RELAYS"):
        return True
    of_news = any(c.dep_ == "compound" and c.lower_ in word_class("MEDIA_NOUNS") for c in source.children)
    if of_news and scene.lemma[each.source] in word_class("RELAYS"):
        return True
    return source.pos_ == "NOUN" and speaker_of(scene, each.source).kind == "media"


def _quoting(scene: Scene, each: Draft) -> tuple[Token, Token] | None:
    """The participle beside the cue, or at the end of what is said, and the head of the name of whom it quotes."""
    for verb in scene.doc[slice(*scene.sentences[scene.sentence[each.cue]])]:
        if scene.lemma[verb.i] not in word_class("QUOTING") or verb.tag_ != "VBG" or scene.quoted[verb.i] >= 0:
            continue
        if not (_beside(each, verb) or _closes(scene, each, verb)):
            continue
        named = next((x for x in verb.children if x.dep_ in ("dobj", "pobj")), None)
        if named is not None and scene.quoted[named.i] < 0 and _may_speak(scene, named):
            return verb, named
    return None


def _beside(each: Draft, verb: Token) -> bool:
    """Whether the participle hangs on the cue or the source: "state radio, quoting a general, reported that"."""
    return verb.dep_ in ("advcl", "prep", "acl") and verb.head.i in (each.cue, each.source)


def _closes(scene: Scene, each: Draft, verb: Token) -> bool:
    """Whether the participle ends what is said, behind a comma: "said the town had fallen, citing two officials"."""
    here = [i for i in each.words if scene.sentence[i] == scene.sentence[verb.i]]
    comma = verb.i > each.cue and scene.tokens[verb.left_edge.i - 1].text == ","
    return comma and verb.i in each.words and max(here) <= verb.right_edge.i and verb.dep_ in ("advcl", "prep", "acl")


def _may_speak(scene: Scene, named: Token) -> bool:
    """Whether it is somebody, or a paper, that can be quoted; "high costs" can't."""
    if named.pos_ == "PROPN":
        return named.ent_type_ not in ("DATE", "TIME", "MONEY", "EVENT")
    return named.pos_ == "NOUN" and (
        scene.lemma[named.i] in listed("roles") | word_class("PRESS")
        or any(m.root == named.i for m in scene.doc._.mentions)
        or speaker_of(scene, named.i).kind == "document"
    )
