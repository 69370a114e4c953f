"""Headlines: which of their own words stand beside what somebody said, and speakers that a colon sets apart."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from flows.extract.claims import content
from flows.extract.claims.assemble import Draft, source_tokens
from flows.extract.claims.scene import CORE, Scene
from flows.resources import lexicon

LABELLED: Final = 0.7  # "Dam was ‘rotten’: engineer": 11 of 11 such headlines, but the span of the content is less sure
_LONGEST: Final = 30  # tokens of a headline
_NAME: Final = 5  # tokens of a speaker behind the colon
# What begins the circumstances right behind a quotation.
_AROUND: Final = frozenset({"as", "after", "amid", "amidst", "before", "while"})
_NOMINAL: Final = frozenset({"NOUN", "PROPN", "ADJ", "DET"})
_INSIDE: Final = frozenset({"compound", "poss", "amod", "det", "nmod", "case", "nummod"})


def headline(scene: Scene) -> range:
    """The tokens of the headline at the top of the text; none where the text begins with a sentence."""
    end = next((i for i, token in enumerate(scene.tokens) if scene.paragraph[i] or "\n" in token.text), 0)
    last = next((scene.tokens[i].text for i in range(end - 1, -1, -1) if not scene.mark[i]), "")
    return range(end) if 0 < end <= _LONGEST and last not in (".", "…", ",", ";") else range(0)


def without_circumstances(scene: Scene, each: Draft) -> Draft:
    """A claim of the headline without the headline's topic before a colon and what it tells behind a quotation.

    "Dam: Brandl warns of ‘chaos’ as strike looms" claims ‘chaos’ alone.
    """
    here = headline(scene)
    if each.cue not in here:
        return each
    elided = _elided(scene, each)
    if elided is not None:
        return elided
    if each.source is None:
        each = replace(each, source=_inverted(scene, each.cue, here))
    words = each.words
    colon = next((i for i in here if scene.tokens[i].text == ":" and scene.quoted[i] < 0), None)
    if colon is not None and colon < each.cue and min(words, default=colon) < colon:
        own = source_tokens(scene, each.source)
        behind = {i for i in here if i > each.cue and scene.is_word(i) and i not in own}
        words = frozenset({i for i in words if i > colon} or behind) or words
    for i in sorted(words):
        if i > each.cue and scene.tokens[i].lower_ in _AROUND and scene.mark[i - 1] and scene.quoted[i] < 0:
            words = frozenset(k for k in words if k < i or k not in here)
            break
    return replace(each, words=words) if words else each


def _inverted(scene: Scene, cue: int, here: range) -> int | None:
    """The mayor in "Dam ‘will hold’, says mayor", whom the parser hangs on nothing."""
    last = scene.tokens[here.stop - 1]
    behind = here.stop - 1 - cue
    plain = 0 < behind < _NAME and all(scene.tokens[i].pos_ in _NOMINAL for i in range(cue + 1, here.stop))
    entry = scene.entry(cue)
    if (
        not plain
        or entry is None
        or entry.strength < CORE
        or not (scene.mark[cue - 1] or scene.tokens[cue - 1].text == ",")
    ):
        return None
    return last.i if last.ent_type_ == "PERSON" or scene.lemma[last.i] in _roles() else None


def _elided(scene: Scene, each: Draft) -> Draft | None:
    """The claim of "‘Chaos’ feared as strike looms", whose verb is a participle: nobody is named for it."""
    before = each.cue - 1
    entry = scene.entry(each.cue)
    if before < 0 or scene.quoted[before] < 0 or scene.quoted[0] != scene.quoted[before]:
        return None
    if entry is None or entry.act != "believed" or scene.tokens[each.cue].tag_ not in ("VBD", "VBN"):
        return None
    if each.source is not None and scene.quoted[each.source] < 0:
        return None
    first, last = content.quotation_tokens(scene, scene.quoted[before])
    return replace(each, source=None, words=frozenset(i for i in range(first, last + 1) if scene.is_word(i)))


def labelled_behind(scene: Scene, kept: list[Draft]) -> list[Draft]:
    """`kept` with the headline as one claim of whoever stands behind its colon or dash: "Dam is safe - minister"."""
    here = headline(scene)
    colon = next((i for i in reversed(here) if _parts(scene, i)), None)
    if colon is None or not 0 < here.stop - 1 - colon <= _NAME:
        return kept
    last = scene.tokens[here.stop - 1]
    words = frozenset(i for i in range(colon) if scene.is_word(i))
    alone = here.stop - 1 - colon == 1  # whatever the parser takes it for
    if not (alone or last.pos_ in ("NOUN", "PROPN")) or last.lemma_.lower() not in _roles() or len(words) < 2:
        return kept
    if not any(scene.tokens[i].pos_ in ("VERB", "AUX") or scene.quoted[i] >= 0 for i in words):
        return kept
    if scene.tokens[colon].text != ":" and not (alone or last.is_lower):  # "Storm kills three - Harbour Courier"
        return kept
    if any(d.cue in here and (entry := scene.entry(d.cue)) is not None and entry.strength >= CORE for d in kept):
        return kept
    return [d for d in kept if d.cue not in here] + [Draft(colon, last.i, words, LABELLED, bare=True)]


def _parts(scene: Scene, i: int) -> bool:
    """Whether the token sets a speaker apart from the headline: a colon, or a dash between blanks."""
    return scene.quoted[i] < 0 and (scene.tokens[i].text == ":" or scene.is_dash(i))


def _roles() -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon("roles"))


def subject(scene: Scene) -> int | None:
    """The head of the noun phrase with which the headline begins, where it names a person or an office."""
    here = headline(scene)
    token = scene.tokens[0] if here else None
    while token is not None and token.dep_ in _INSIDE and token.head.i in here and token.head.i > token.i:
        token = token.head
    if token is None or token.pos_ not in ("NOUN", "PROPN") or scene.quoted[token.i] >= 0:
        return None
    return token.i if token.ent_type_ == "PERSON" or scene.lemma[token.i] in _roles() else None
