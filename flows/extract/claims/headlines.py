"""Headlines: which of their own words stand beside what somebody said, and speakers that a colon sets apart."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from flows.extract.claims import content
from flows.extract.claims.assemble import Draft, source_tokens
from flows.extract.claims.scene import CORE, FINITE, SUBJECTS, Scene
from flows.extract.claims.vocabulary import role_kinds, word_class

LABELLED: Final = 0.7  # "Dam was ‘rotten’: engineer": 11 of 11 such headlines, but the span of the content is less sure
_LONGEST: Final = 30  # tokens of a headline
_NAME: Final = 5  # tokens of a speaker behind the colon
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
    if _is_heard(scene, each, here):
        return replace(each, source=None)
    if each.source is None:
        each = replace(each, source=_inverted(scene, each.cue, here))
    words = each.words
    colon = next((i for i in here if scene.tokens[i].text == ":" and scene.quoted[i] < 0), None)
    if colon is not None and colon < each.cue and min(words, default=colon) < colon:
        own = source_tokens(scene, each.source)
        behind = {i for i in here if i > each.cue and scene.is_word(i) and i not in own}
        words = frozenset({i for i in words if i > colon} or behind) or words
    around = next((i for i in sorted(words) if i > each.cue and _around(scene, i, each.cue, here)), None)
    if around is not None:
        words = frozenset(k for k in words if k < around or k not in here)
    return replace(each, words=words) if words else each


def _around(scene: Scene, i: int, cue: int, here: range) -> bool:
    """Whether the circumstances begin with token `i`: behind a quotation, or with a clause of their own behind a noun
    ("praises deal as council slams it"; not "says dam broke as flood came")."""
    if scene.tokens[i].lower_ not in word_class("CIRCUMSTANCES") or scene.quoted[i] >= 0:
        return False
    if scene.mark[i - 1]:
        return True
    if any(_is_finite(t) for t in scene.tokens[cue + 1 : i]):
        return False
    end = next((k for k in range(i + 1, here.stop) if _ends_clause(scene, k)), here.stop)
    clause = scene.tokens[i].lower_ != "before" and scene.tokens[i + 1].tag_ != "VBG"
    clause = clause and any(_is_finite(t) for t in scene.tokens[i + 2 : end])
    return clause or scene.tokens[i].lower_.startswith("amid")


def with_rest(scene: Scene, words: frozenset[int], last: int) -> frozenset[int]:
    """The words of a quotation that ends with token `last`, with those of the headline that it is only a part of:
    "Brandl: ‘No hint’ of fraud in dam report"."""
    here = headline(scene)
    if any(scene.tokens[i].tag_ in (*FINITE, "MD", "VB") for i in words):
        return words
    stops = word_class("CIRCUMSTANCES")
    behind = range(last + 1, here.stop)
    end = next((i for i in behind if scene.tokens[i].lower_ in stops or _ends_clause(scene, i)), here.stop)
    return words | {i for i in range(last + 1, end) if scene.is_word(i)}


def _ends_clause(scene: Scene, i: int) -> bool:
    return scene.tokens[i].text in (".", "!", "?", "(", "|", ";", ":", "—") or scene.is_dash(i)


def _is_finite(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") and token.tag_ in (*FINITE, "MD")


def told_of(scene: Scene, cue: int, source: int | None) -> frozenset[int]:
    """The words for whoever stands before the cue of a headline and does not speak, as the cue is a participle:
    "Mayor accused of fraud", "Brandl expected to resign"; none where the one before it is the speaker."""
    verb = scene.tokens[cue]
    if source is None or verb.tag_ not in ("VBD", "VBN") or cue not in headline(scene):
        return frozenset()
    subject = scene.tokens[source]
    plain = subject.head.i == cue and subject.dep_ in SUBJECTS and subject.i < cue
    other = [c for c in verb.children if c.dep_ in ("dobj", "dative", "ccomp", "aux")]
    infinitive = cue + 1 < len(scene.tokens) and scene.tokens[cue + 1].lower_ == "to"
    telling = word_class("ORDERING") | word_class("TOLD_OF") if infinitive else word_class("BLAMING")
    negated = any(c.dep_ == "neg" for c in verb.children)  # "did not say", but "not ruled out"
    if not plain or other or not (negated or scene.lemma[cue] in telling):
        return frozenset()
    return frozenset(i for i in source_tokens(scene, source) if scene.is_word(i))


def _is_heard(scene: Scene, each: Draft, here: range) -> bool:
    """Whether the one beside "told" is told: "Dam ‘was rotten’, court told", "Jury told dam was rotten"."""
    if scene.lemma[each.cue] != "tell" or scene.tokens[each.cue].tag_ not in ("VBD", "VBN") or each.source is None:
        return False
    before = scene.tokens[each.cue - 1]
    last = each.cue == max(i for i in here if scene.is_word(i))
    return each.source == before.i and (last or scene.lemma[before.i] in word_class("HEARING_BODIES"))


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
    return last.i if last.ent_type_ == "PERSON" or scene.lemma[last.i] in role_kinds() else None


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
    if not (alone or last.pos_ in ("NOUN", "PROPN")) or last.lemma_.lower() not in role_kinds() or len(words) < 2:
        return kept
    if scene.tokens[min(words)].lower_ in word_class("ASKING_WORDS"):  # "Why I left: a soldier"
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


def subject(scene: Scene) -> int | None:
    """The head of the noun phrase with which the headline begins, where it names a person or an office."""
    here = headline(scene)
    token = scene.tokens[0] if here else None
    while token is not None and token.dep_ in _INSIDE and token.head.i in here and token.head.i > token.i:
        token = token.head
    if token is None or token.pos_ not in ("NOUN", "PROPN") or scene.quoted[token.i] >= 0:
        return None
    return token.i if token.ent_type_ == "PERSON" or scene.lemma[token.i] in role_kinds() else None
