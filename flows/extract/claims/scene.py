"""A parsed article as the claim extractor sees it: tokens with their quotation, sentence and paragraph."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from spacy.tokens import Doc, Token

from flows.extract.claims.quotes import Quotations
from flows.extract.naming.joint import is_joint, top_of
from flows.extract.turns import Turn, turns_of
from flows.records import Mention, Span
from flows.resources import lexicon

# Lemmas that the model's lemmatiser gets wrong, and spellings that are one word to us.
_LEMMAS: Final = {"hop": "hope", "criticise": "criticize", "emphasise": "emphasize", "recognise": "recognize"}
CORE: Final = 3  # the strength of a core cue in the lexicon
SUBJECTS: Final = ("nsubj", "nsubjpass", "csubj")
FINITE: Final = frozenset({"VBD", "VBZ", "VBP"})  # tags of finite verbs


@dataclass(frozen=True, slots=True)
class CueEntry:
    """A line of the lexicon of cues."""

    act: str
    strength: int


@cache
def cue_lexicon() -> dict[tuple[str, str], CueEntry]:
    """(lemma, part of speech) -> what the word reports."""
    return {(r["lemma"], r["pos"]): CueEntry(r["act"], int(r["strength"])) for r in lexicon("cues")}


class Scene:
    """Arrays over the tokens of `doc`, computed once an article."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text = doc.text  # joined anew from its tokens each time it is asked for
        self.quotations = Quotations(self.text)
        self.tokens: list[Token] = list(doc)
        self.quoted = [-1] * len(doc)  # index of the quotation a token stands in, or -1
        self.mark = [False] * len(doc)
        self.sentence = [0] * len(doc)
        self.paragraph = [0] * len(doc)
        self.sentences: list[tuple[int, int]] = []
        self.lemma: list[str] = []
        self._offsets = [token.idx for token in self.tokens]
        self._fill()

    def _fill(self) -> None:
        for n, sent in enumerate(self.doc.sents):
            self.sentences.append((sent.start, sent.end))
            self.sentence[sent.start : sent.end] = [n] * (sent.end - sent.start)
        paragraph = 0
        for i, token in enumerate(self.tokens):
            self.paragraph[i] = paragraph
            if token.is_space and "\n" in token.text_with_ws:
                paragraph += 1
            index = self.quotations.index_at(token.idx)
            self.quoted[i] = -1 if index is None else index
            self.mark[i] = token.is_quote or token.text in ("``", "''")
            lemma = token.lemma_.lower()
            self.lemma.append(_LEMMAS.get(lemma, lemma))

    @cached_property
    def joint(self) -> dict[int, Mention]:
        """Those who act together ("Doe and Roe"), by the token of the first of them."""
        together = (m for m in self.doc._.mentions if m.form == "nominal" and is_joint(self.tokens[m.root]))
        return {top_of(self.tokens[m.root]).i: m for m in reversed(tuple(together))}

    @cached_property
    def signed(self) -> dict[int, tuple[int, int]]:
        """First and last token of the name that signs a post of the page or labels a turn, by each of its tokens."""
        shown = [*(post.name for post in self.quotations.posts), *(turn.name for turn in self.turns)]
        names = ([i for i in self.inside(name) if self.tokens[i].text[0].isalnum()] for name in shown)
        return {i: (own[0], own[-1]) for own in names for i in own}

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """The turns of a talk that the page writes down."""
        return turns_of(self.text, self.doc._.mentions)

    def entry(self, i: int) -> CueEntry | None:
        """What the lexicon of cues says of token `i`."""
        return cue_lexicon().get((self.lemma[i], self.tokens[i].pos_))

    def is_word(self, i: int) -> bool:
        token = self.tokens[i]
        return not (token.is_punct or token.is_space or self.mark[i])

    def is_dash(self, i: int) -> bool:
        """Whether token `i` is a dash between blanks."""
        blanks = i > 0 and self.tokens[i].whitespace_ and self.tokens[i - 1].whitespace_
        return bool(blanks) and self.tokens[i].text in ("-", "–", "—", "--")

    def at_offset(self, offset: int) -> int:
        """The token that holds the character at `offset`, or the last one before it."""
        return max(0, bisect_right(self._offsets, offset) - 1)

    def inside(self, span: Span) -> range:
        """The tokens that begin within `span`."""
        return range(bisect_left(self._offsets, span.start), bisect_left(self._offsets, span.end))

    def span(self, first: int, last: int) -> Span:
        """Characters from token `first` to token `last`, both included."""
        end = self.tokens[last]
        return Span(self.tokens[first].idx, end.idx + len(end))
