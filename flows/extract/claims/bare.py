"""Quotations that no cue of the lexicon claims: whose they are by what stands right behind or right before them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Token

from flows.extract.claims import before, content, sources
from flows.extract.claims.acts import SPEECH
from flows.extract.claims.assemble import Draft
from flows.extract.claims.before import STOPS
from flows.extract.claims.people import is_somebody
from flows.extract.claims.scene import CORE, FINITE, SUBJECTS, Scene
from flows.extract.claims.vocabulary import word_class

# Scores, below the shares of right that were counted by hand on what the rules find in 2,500 articles of news.
BEHIND: Final = 0.9  # “…,” Brandl shot back: 58 of 60
SIGNED: Final = 0.9  # “…” — Brandl: 56 of 56
BEFORE: Final = 0.85  # Brandl was blunt. “…”: 67 of 71
NOBODYS: Final = 0.4  # nearly all are quotations, but half of them are part of one that begins earlier
_ARTICLE: Final = 3  # letters of the words, at the most, that no title writes with a capital
_SHORTEST: Final = 3  # words of a quotation that stands by itself and is nobody's
_DASHES: Final = frozenset({"—", "–", "--", "-", "―"})
_NAME: Final = 5  # tokens of one name, at the most
_SIGNATURE: Final = 14  # tokens behind a dash, at the most
_HEADING: Final = 7  # words of a paragraph in single marks, at the most, that is a heading beside double ones


@dataclass(frozen=True, slots=True)
class _Run:
    """A quotation, or one that goes on over paragraphs: its words, its first and its last token."""

    words: frozenset[int]
    first: int
    last: int


def told_behind(scene: Scene, kept: list[Draft], barred: set[int]) -> list[Draft]:
    """`kept` with the quotations that none of them holds and behind which somebody does what no cue tells.

    Where a verb behind such a quotation was taken for the cue of something else, the quotation is what it tells, with
    what else of it stands in quotation marks: “Is it safe?” Brandl asked, rising. “Who says so?”
    """
    found = {}
    for run in _runs(scene, barred.union(*(d.words | {d.cue} for d in kept))):
        made = _behind(scene, run)
        if made is not None:
            found[made.cue] = made
    done = []
    for each in kept:
        own = found.pop(each.cue, None)
        done.append(each if own is None else replace(each, words=own.words | _sentences(scene, each.words)))
    return [*done, *found.values()]


def _sentences(scene: Scene, words: frozenset[int]) -> set[int]:
    """Those of the words that stand in quotations which begin like sentences and are no titles ("Face of the Dam")."""
    found: set[int] = set()
    for q in {scene.quoted[i] for i in words} - {-1}:
        own = {i for i in words if scene.quoted[i] == q}
        title = all(scene.tokens[i].is_title for i in own if len(scene.tokens[i]) > _ARTICLE)
        if scene.tokens[min(own)].text[:1].isupper() and not title:
            found |= own
    return found


def bare(scene: Scene, kept: list[Draft], barred: set[int]) -> list[Draft]:
    """`kept` with the sentences in quotation marks that nobody claims: they go on with the saying of the sentence
    before, or make a claim of their own."""
    done = kept = _led_up(scene, kept, barred)
    for run in _runs(scene, barred.union(*(d.words | {d.cue} for d in kept))):
        made = _alone(scene, run)
        if made is None:
            continue
        saying = None if made.score == SIGNED else before.saying(scene, run.words, run.first, kept)
        if saying is not None:
            at = next(n for n, d in enumerate(done) if d.cue == saying.cue and d.source == saying.source)
            done[at] = replace(done[at], words=done[at].words | run.words)
        else:
            done.append(made)
    return done


def _led_up(scene: Scene, kept: list[Draft], barred: set[int]) -> list[Draft]:
    """`kept` with the paragraphs before a quotation that it goes on from: “One.  “Two,” Brandl said."""
    spans = scene.quotations.spans
    taken = barred.union(*(d.words | {d.cue} for d in kept))
    done = []
    for each in kept:
        words = each.words
        q = scene.quoted[min(words)]
        while q > 0 and not spans[q - 1].closed and not scene.text[spans[q - 1].end : spans[q].start].strip():
            first, last = content.quotation_tokens(scene, q - 1)
            more = {i for i in range(first, last + 1) if scene.is_word(i)}
            if more & taken or scene.paragraph[last] != scene.paragraph[content.quotation_tokens(scene, q)[0]] - 1:
                break
            words, q = words | more, q - 1
        taken |= words
        done.append(replace(each, words=words))
    return done


def _runs(scene: Scene, taken: set[int]) -> Iterator[_Run]:
    """The quotations that begin a sentence and of which no word is in `taken`."""
    spans = scene.quotations.spans
    words: set[int] = set()
    begin = 0
    for q in range(len(spans)):
        first, last = content.quotation_tokens(scene, q)
        begin = begin if words else first
        words.update(i for i in range(first, last + 1) if scene.is_word(i))
        if not spans[q].closed and q + 1 < len(spans) and not scene.text[spans[q].end : spans[q + 1].start].strip():
            continue
        if words and not words & taken and _begins_sentence(scene, begin) and not _is_heading(scene, words, begin):
            yield _Run(frozenset(words), begin, last)
        words = set()


def _is_heading(scene: Scene, words: set[int], first: int) -> bool:
    """Whether some words in single marks begin a paragraph of a text that has double ones for quotations."""
    short = len(words) <= _HEADING and scene.tokens[first].text in ("'", "‘")
    opens = first == 0 or scene.tokens[first - 1].is_space
    return short and opens and any(scene.text[q.start] not in "'‘" for q in scene.quotations.spans)


def _begins_sentence(scene: Scene, first: int) -> bool:
    """Whether the quotation opens its paragraph or follows the end of a sentence, or a colon."""
    ahead = first - 1
    if ahead < 0 or scene.paragraph[ahead] != scene.paragraph[first] or scene.tokens[ahead].is_space:
        return True
    return scene.tokens[ahead].text in (*STOPS, ":") or scene.mark[ahead]


def _last_text(scene: Scene, last: int) -> str:
    """The last sign of a quotation within its marks."""
    while scene.mark[last] or scene.tokens[last].is_space:
        last -= 1
    text = scene.tokens[last].text
    return text if text in STOPS else text[-1]


def _behind(scene: Scene, run: _Run) -> Draft | None:
    """Whoever does anything right behind a quotation that ends with a comma has said it: “We stay,” Brandl shot back.

    Behind a question or a shout the verb must be a known one: “Do we stay?” Brandl wondered.
    """
    i = run.last + 1
    closing = _last_text(scene, run.last)
    if i >= len(scene.tokens) or scene.paragraph[i] != scene.paragraph[run.last] or not _is_clause(scene, run.words):
        return None
    for verb in scene.tokens[i : i + _SIGNATURE] if closing in (",", "?", "!") else ():
        if scene.quoted[verb.i] >= 0 or verb.is_space or verb.text in STOPS:
            return None
        if verb.tag_ not in FINITE:
            continue
        subject = next((c for c in verb.children if c.dep_ in SUBJECTS and scene.quoted[c.i] < 0), None)
        subject = subject or (_inverted(scene, verb) if verb.i == i else None)
        if subject is None or subject.tag_ in ("WP", "WDT") or verb.pos_ != "VERB":
            return None
        if closing != "," and scene.entry(verb.i) is None:
            return None
        if not _tells(scene, verb, subject):
            return None
        start, end = sources.phrase(scene, subject.i)
        gap = range(end + 1, verb.i) if subject.i < verb.i else range(verb.i + 1, start)
        close = all(scene.tokens[k].pos_ in ("ADV", "PART") for k in gap)
        if not close or min(start, verb.i) != i:
            return None
        if _is_utterance(scene, subject):
            who = sources.source_of(scene, subject.i)
            known = who is not None and is_somebody(scene, scene.tokens[who])
            return Draft(subject.i, who if known else None, run.words, BEHIND)
        return Draft(verb.i, subject.i, run.words, BEHIND)
    return None


def _tells(scene: Scene, verb: Token, subject: Token) -> bool:
    """Whether the subject can have said it: somebody, or a thing that can be read, or the utterance itself."""
    if is_somebody(scene, subject) or subject.text[:1].isupper():
        return True
    entry = scene.entry(verb.i)
    read = scene.lemma[verb.i] == "read" or (entry is not None and entry.strength >= CORE)
    return read or _is_utterance(scene, subject)


def _is_utterance(scene: Scene, subject: Token) -> bool:
    """The shouts in "“Call them in,” came the shouts"."""
    called = scene.entry(subject.i) is not None or scene.lemma[subject.i] in word_class("CALLS")
    return subject.pos_ == "NOUN" and called and not is_somebody(scene, subject)


def _inverted(scene: Scene, verb: Token) -> Token | None:
    """Lund in “…,” proffered Lund: the parser takes the subject of an unusual verb of saying for its object."""
    named = next((c for c in verb.children if c.dep_ == "dobj" and c.pos_ == "PROPN"), None)
    if named is None:
        return None
    after = sources.phrase(scene, named.i)[1] + 1
    over = after >= len(scene.tokens) or scene.tokens[after].is_punct or scene.tokens[after].is_space
    return named if over else None


def _is_clause(scene: Scene, words: frozenset[int]) -> bool:
    """Whether the words hold a finite verb or an order, as a title rarely does."""
    return any(scene.tokens[i].tag_ in (*FINITE, "MD", "VB") for i in words)


def _alone(scene: Scene, run: _Run) -> Draft | None:
    """The draft of a quotation that is a sentence by itself, or several."""
    whole = _last_text(scene, run.last) in STOPS or not scene.quotations.spans[scene.quoted[run.last]].closed
    anchor = min(run.words)
    if not whole or not scene.tokens[anchor].text[:1].isupper():
        return None
    signed = _signature(scene, run.last)
    if signed is not None:
        return Draft(anchor, signed, run.words, SIGNED, bare=True)
    if not _ends_sentence(scene, run.last):
        return None
    subject = before.subject(scene, run.words, run.first, run.last)
    if subject is None:
        said = len(run.words) >= _SHORTEST and _is_clause(scene, run.words) and _is_paragraph(scene, run)
        return Draft(anchor, None, run.words, NOBODYS, bare=True) if said else None
    verb, who = subject
    entry = scene.entry(verb.i)
    says = entry is not None and entry.act in SPEECH - {"denied"} and scene.lemma[verb.i] not in word_class("ASKING")
    if says and scene.tokens[who].head.i == verb.i:
        return Draft(verb.i, who, run.words, BEFORE)
    return Draft(anchor, who, run.words, BEFORE, bare=True)


def _ends_sentence(scene: Scene, last: int) -> bool:
    """Whether the paragraph ends with the quotation, or a new sentence follows."""
    i = last + 1
    if i >= len(scene.tokens) or scene.paragraph[i] != scene.paragraph[last]:
        return True
    return scene.tokens[i].is_space or scene.tokens[i].text[:1].isupper() or scene.quoted[i] >= 0


def _is_paragraph(scene: Scene, run: _Run) -> bool:
    """Whether the quotation fills its paragraphs: within one, it goes on with something that was not understood."""
    ahead, after = run.first - 1, run.last + 1
    alone = ahead < 0 or scene.paragraph[ahead] != scene.paragraph[run.first]
    over = after >= len(scene.tokens) or scene.paragraph[after] != scene.paragraph[run.last]
    return alone and (over or scene.tokens[after].is_space)


def _signature(scene: Scene, last: int) -> int | None:
    """The head of the name that signs a quotation, to the end of the paragraph: behind a dash, or with a comma and what
    the person writes for or does ("Anna Brandl, Harbour Gazette"), in the next paragraph too."""
    first = last + 1
    while first < len(scene.tokens) and scene.tokens[first].is_space:
        first += 1
    if first >= len(scene.tokens) or scene.paragraph[first] - scene.paragraph[last] > 1:
        return None
    dash = scene.tokens[first].text in _DASHES
    first += dash
    end = first
    while end < len(scene.tokens) and not scene.tokens[end].is_space and end - first <= _SIGNATURE:
        end += 1
    whole = scene.tokens[first:end]
    names = scene.tokens[first : next((t.i for t in whole if t.text == ","), end)] if dash else whole
    other = any(t.pos_ in ("VERB", "AUX") or t.text in (*STOPS, ":") for t in names[:-1])
    if not names or len(whole) > _SIGNATURE or other:
        return None
    head = next((t for t in names if t.pos_ == "PROPN"), None)
    if head is None or not (dash or _is_byline(names)):
        return None
    while head.dep_ in ("compound", "poss") and head.i < head.head.i <= names[-1].i:
        head = head.head
    return head.i


def _is_byline(names: list[Token]) -> bool:
    """Whether these are somebody's name, or several people's, or that of a paper's board, and a comma behind it."""
    comma = next((k for k, t in enumerate(names) if t.text == ","), 0)
    if names[0].ent_type_ == "PERSON" and 0 < comma < _NAME:
        return True
    joint = all(t.pos_ in ("PROPN", "CCONJ") for t in names[:comma])
    return comma > 0 and joint and (names[0].ent_type_ == "PERSON" or names[comma - 1].lower_ == "board")
