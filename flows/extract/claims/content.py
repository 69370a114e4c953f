"""From accepted units to what was said: whole quotations, quotations that go on, and the parts as stretches of text."""

from __future__ import annotations

from typing import Final

from flows.extract.claims.scene import CORE, FINITE, Scene
from flows.records import Span

_GLUE: Final = frozenset({"cc", "det", "aux", "neg", "mark", "case", "poss", "auxpass", "advmod", "prt", "expl"})
_LINKING: Final = frozenset({"PRON", "AUX", "DET", "ADV", "CCONJ"})
_LINK: Final = 3  # words that may link a quotation to the sentence before it
_MODIFIERS: Final = frozenset({"det", "poss", "amod", "compound", "nummod", "quantmod", "npadvmod", "nmod"})
_DASHES: Final = frozenset({"-", "–", "—", "--", ","})
_SINGLE: Final = "‘'"
_NEAR: Final = 12  # tokens between a cue and its quotation
_CLAUSE: Final = 4  # words of a clause in marks, at the least, with which a saying goes on
_TITLE: Final = 7  # words of a programme's title, at the most
_ARTICLE: Final = 3  # letters of the words, at the most, that a title may write small


def whole_quotations(scene: Scene, words: set[int]) -> set[int]:
    """`words` with every quotation of which it holds half (of one sentence's share) taken whole."""
    found = set(words)
    for q in sorted({scene.quoted[i] for i in words if scene.quoted[i] >= 0}):
        first, last = quotation_tokens(scene, q)
        inside = {i for i in range(first, last + 1) if scene.quoted[i] == q and scene.is_word(i)}
        sentences = {scene.sentence[i] for i in words if scene.quoted[i] == q}
        share = {i for i in inside if scene.sentence[i] in sentences}
        if 2 * len(share & words) >= len(share):
            found |= inside
    return found


def quotation_tokens(scene: Scene, q: int) -> tuple[int, int]:
    """First and last token of quotation `q`."""
    span = scene.quotations.spans[q]
    first = scene.at_offset(span.start)
    last = scene.at_offset(span.end - 1)
    return first, last


def beside(scene: Scene, cue: int) -> set[int]:
    """Words of the quotation nearest to `cue` in its sentence, else of the one that ends just before it."""
    start, end = scene.sentences[scene.sentence[cue]]
    quoted = [i for i in range(start, end) if scene.quoted[i] >= 0 and scene.is_word(i)]
    if not quoted:
        return before(scene, cue) if scene.entry(cue) is not None else set()
    near = min(quoted, key=lambda i: (abs(i - cue), i))
    return words_of(scene, scene.quoted[near]) if abs(near - cue) <= _NEAR else set()


def before(scene: Scene, cue: int) -> set[int]:
    """Words of the quotation that ends just before the sentence of `cue`: “Is it?” he asked."""
    i = scene.sentences[scene.sentence[cue]][0] - 1
    while i >= 0 and not scene.is_word(i) and scene.quoted[i] < 0 and scene.paragraph[i] == scene.paragraph[cue]:
        i -= 1
    if i < 0 or scene.quoted[i] < 0 or scene.paragraph[i] != scene.paragraph[cue]:
        return set()
    return words_of(scene, scene.quoted[i])


def after_colon(scene: Scene, cue: int) -> set[int]:
    """Words of the quotation that a colon at the end of the sentence of `cue` introduces, in the next paragraph too."""
    end = scene.sentences[scene.sentence[cue]][1]
    last = end - 1
    while last > cue and scene.tokens[last].is_space:
        last -= 1
    entry = scene.entry(cue)
    denied = entry is not None and entry.act == "denied"  # "denied the charge: “It never happened”" says it
    if scene.tokens[last].text != ":" or not _nearest(scene, cue, last) or denied:
        return set()
    i = last + 1
    while i < len(scene.tokens) and scene.tokens[i].is_space:
        i += 1
    if i >= len(scene.tokens) or scene.quoted[i] < 0:
        return set()
    return words_of(scene, scene.quoted[i])


def _nearest(scene: Scene, cue: int, colon: int) -> bool:
    """Whether no other cue of the lexicon stands between the cue and the colon."""
    between = (i for i in range(cue + 1, colon) if scene.tokens[i].pos_ == "VERB")
    return all((entry := scene.entry(i)) is None or entry.strength < CORE for i in between)


def continued(scene: Scene, words: set[int], cue: int, taken: set[int]) -> set[int]:
    """Words of the quoted sentences that follow, up to the first that isn't, or is taken; of a sentence that only
    begins with a quotation and tells nothing else, all."""
    found: set[int] = set()
    last = max(max(words), cue)
    number = scene.sentence[last] + 1
    paragraph = scene.paragraph[last]
    while number < len(scene.sentences):
        start, end = scene.sentences[number]
        inside = [i for i in range(start, end) if scene.is_word(i)]
        if not inside:
            number += 1
            continue
        whole = all(scene.quoted[i] >= 0 for i in inside) or _opens_quoted(scene, inside, last)
        if not whole or any(i in taken for i in inside) or _far(scene, inside[0], paragraph):
            break
        if scene.paragraph[inside[0]] != paragraph and not _goes_on(scene, inside[0], words | found, cue):
            break
        if not _same_marks(scene, inside[0], words):  # a heading in single marks
            break
        paragraph = scene.paragraph[inside[0]]
        found.update(inside)
        number += 1
    return found


def _opens_quoted(scene: Scene, inside: list[int], last: int) -> bool:
    """Whether the sentence goes on in the paragraph with a clause in marks, and the reporter's words behind have no
    verb: "“They will never find the means” to mend the dam."."""
    own = [i for i in inside if scene.quoted[i] == scene.quoted[inside[0]] >= 0]
    rest = [scene.tokens[i] for i in inside if scene.quoted[i] < 0]
    finite = any(scene.tokens[i].tag_ in (*FINITE, "MD") for i in own)
    here = scene.paragraph[inside[0]] == scene.paragraph[last] and 2 * len(own) > len(inside)
    return here and finite and len(own) >= _CLAUSE and all(t.tag_ not in (*FINITE, "MD") for t in rest)


def _goes_on(scene: Scene, i: int, words: set[int], cue: int) -> bool:
    """Whether the paragraph that token `i` begins is one quotation, and no answer to the question before it."""
    return _run_on(scene, i) and not _is_asked(scene, words, cue)


def _is_asked(scene: Scene, words: set[int], cue: int) -> bool:
    """Whether the words end with a question and its marks, and nothing is told but that it was asked."""
    last = scene.quoted[max(words)]
    entry = scene.entry(cue)
    if (
        last < 0
        or not _ends_with_question(scene, last)
        or (cue > max(words) and (entry is None or entry.act != "asked"))
    ):
        return False
    return all(_ends_with_question(scene, q) for q in {scene.quoted[i] for i in words} if q >= 0)


def _ends_with_question(scene: Scene, q: int) -> bool:
    quotation = scene.quotations.spans[q]
    return quotation.closed and scene.text[quotation.start : quotation.end - 1].endswith("?")


def _far(scene: Scene, i: int, paragraph: int) -> bool:
    return scene.paragraph[i] > paragraph + 1


def _same_marks(scene: Scene, i: int, words: set[int]) -> bool:
    """Whether token `i` stands in marks of the sort, single or double, that the quotations of `words` have."""
    here = _is_single(scene, scene.quoted[i])
    return any(_is_single(scene, scene.quoted[k]) == here for k in words if scene.quoted[k] >= 0)


def _is_single(scene: Scene, q: int) -> bool:
    return scene.text[scene.quotations.spans[q].start] in _SINGLE


def _run_on(scene: Scene, i: int) -> bool:
    """Whether the whole paragraph of token `i` is one quotation, so that it needs no cue of its own."""
    number = scene.paragraph[i]
    first = last = i
    while first > 0 and scene.paragraph[first - 1] == number:
        first -= 1
    while last + 1 < len(scene.tokens) and scene.paragraph[last + 1] == number:
        last += 1
    return all(scene.quoted[k] >= 0 for k in range(first, last + 1) if scene.is_word(k))


def split_off(scene: Scene, number: int) -> set[int]:
    """Words of the quotation with which sentence `number` begins although the one before it isn't over.

    The parser splits so after a name: "He called the league | “a threat to the town,” warning …".
    """
    start, end = scene.sentences[number]
    first = next((i for i in range(start, end) if scene.is_word(i)), None)
    last = start - 1
    if first is None or last < 0 or scene.quoted[first] < 0 or scene.paragraph[last] != scene.paragraph[first]:
        return set()
    over = scene.tokens[last].text in ".!?:;" or scene.quoted[last] >= 0 or scene.tokens[last].is_space
    return words_of(scene, scene.quoted[first]) if scene.tokens[first].is_lower and not over else set()


def unglued(scene: Scene, words: set[int], cue: int) -> set[int]:
    """`words` without what the parse glued to a quotation: "It is: “…”", "he says, as though that were an answer",
    "she said, asked about the delay"."""
    here = [i for i in words if scene.sentence[i] == scene.sentence[cue]]
    plain = {i for i in here if scene.quoted[i] < 0}
    if not plain or len(plain) == len(here):
        return words
    before = {i for i in plain if i < cue}
    if before and len(before) <= _LINK and all(scene.tokens[i].pos_ in _LINKING for i in before):
        first = min((i for i in here if scene.quoted[i] >= 0), default=cue)
        if max(before) < first and any(scene.tokens[i].text == ":" for i in range(max(before), first)):
            words = words - before
    after = sorted(i for i in plain if i > cue)
    if after and plain == set(after):
        opening = [scene.tokens[i].lower_ for i in range(after[0], after[0] + 2) if i < len(scene.tokens)]
        asked = scene.lemma[after[0]] in ("ask", "press", "question") and scene.tokens[after[0]].tag_ in ("VBN", "VBD")
        words = words - set(after) if asked or opening in (["as", "though"], ["as", "if"]) else words
    return words


def without_comment(scene: Scene, words: set[int], cue: int) -> set[int]:
    """`words` without the reporter's remark on them at the end: "… new pumps – a demand that the council ignored"."""
    here = sorted(i for i in words if i > cue and scene.sentence[i] == scene.sentence[cue] and scene.quoted[i] < 0)
    for i in here[2:]:
        before, article = scene.tokens[i - 1], scene.tokens[i]
        if before.text not in _DASHES or article.lower_ not in ("a", "an", "the") or i + 1 not in words:
            continue
        noun = next((k for k in range(i + 1, min(i + 4, len(scene.tokens))) if scene.tokens[k].pos_ == "NOUN"), i)
        remark = any(c.dep_ in ("relcl", "acl") for c in scene.tokens[noun].children)
        if remark and scene.entry(noun) is not None and max(here) > noun:
            return {k for k in words if k < i}
    return words


def whole_start(scene: Scene, words: set[int], barred: set[int]) -> set[int]:
    """`words` with the article or modifiers of their first noun: "the structure", not "structure"."""
    found = set(words)
    i = min(found, default=0) - 1
    while i >= 0 and scene.is_word(i) and i not in barred and _belongs(scene, i, found):
        found.add(i)
        i -= 1
    return found


def _belongs(scene: Scene, i: int, words: set[int]) -> bool:
    """Whether token `i` modifies a word of `words`, or is an article that the parser made a sentence of."""
    if scene.paragraph[i] != scene.paragraph[i + 1]:
        return False
    start, end = scene.sentences[scene.sentence[i]]
    if end - start == 1:
        return scene.tokens[i].lower_ in ("a", "an", "the")
    token = scene.tokens[i]
    while token.dep_ in ("conj", "cc") and token.head.dep_ in ("amod", "conj"):  # "old and rusty pumps"
        token = token.head
    return token.dep_ in _MODIFIERS and token.head.i in words


def without_programmes(scene: Scene, words: frozenset[int], cue: int) -> frozenset[int]:
    """`words` without the title of a programme behind the cue: “…,” Brandl said on CBS's “Face the Nation.” “…”"""
    found = words
    for q in {scene.quoted[i] for i in words if i > cue} - {-1}:
        own = words_of(scene, q)
        first, _ = quotation_tokens(scene, q)
        if own <= words and first - 1 not in words and is_title(scene, own) and _is_where(scene, first, cue):
            found = found - own
    return found or words


def is_title(scene: Scene, words: set[int]) -> bool:
    """Whether all of a few words, but for short ones, begin with a capital or are numbers."""
    long = [scene.tokens[i].text for i in words if len(scene.tokens[i]) > _ARTICLE]
    return 1 < len(words) <= _TITLE and all(not text[0].islower() for text in long)


def _is_where(scene: Scene, first: int, cue: int) -> bool:
    """Whether the quotation that begins at `first` stands, in the sentence of the cue, behind "on" or a possessive."""
    before = scene.tokens[first - 1]
    return scene.sentence[before.i] == scene.sentence[cue] and (before.lower_ == "on" or before.tag_ == "POS")


def words_of(scene: Scene, q: int) -> set[int]:
    """The words of quotation `q`."""
    first, last = quotation_tokens(scene, q)
    return {i for i in range(first, last + 1) if scene.is_word(i)}


def parts(scene: Scene, words: set[int], kept_out: set[int]) -> tuple[Span, ...]:
    """The stretches of text that `words` make, with their quotation marks; tokens of `kept_out` separate them."""
    runs: list[list[int]] = []
    for i in sorted(words):
        if runs and _joined(scene, runs[-1][1], i, kept_out):
            runs[-1][1] = i
        else:
            runs.append([i, i])
    trimmed = (_trimmed(scene, first, last) for first, last in runs)
    return tuple(_with_marks(scene, first, last) for first, last in trimmed if first <= last)


def _joined(scene: Scene, last: int, i: int, kept_out: set[int]) -> bool:
    if scene.paragraph[last] != scene.paragraph[i]:
        return False
    between = [k for k in range(last + 1, i) if scene.is_word(k)]
    if any(k in kept_out for k in range(last + 1, i)):
        return False
    return len(between) < 3 and all(scene.tokens[k].dep_ in _GLUE for k in between)


def _trimmed(scene: Scene, first: int, last: int) -> tuple[int, int]:
    while first < last and scene.tokens[first].lower_ == "that" and scene.tokens[first].dep_ == "mark":
        first += 1
    joins = scene.tokens[last].tag_ == "CC" and scene.quoted[last] < 0  # "… but" joins nothing
    while first < last and joins and (scene.tokens[last].tag_ == "CC" or not scene.is_word(last)):
        last -= 1
    return first, last


def _with_marks(scene: Scene, first: int, last: int) -> Span:
    """The stretch with the marks that open it and close it."""
    span = scene.span(first, last)
    start, end = span.start, span.end
    opening, closing = scene.quotations.at(start), scene.quotations.at(end - 1)
    if opening is not None and not _letters(scene.text[opening.start : start]):
        start = opening.start
    if closing is not None and not _letters(scene.text[end : closing.end]):
        end = closing.end
        while end > start and scene.text[end - 1].isspace():
            end -= 1
        if closing.start < start and scene.text[closing.start] in _SINGLE:  # else it looks like an apostrophe
            end = closing.end - 1
    if scene.text.count("(", start, end) > scene.text.count(")", start, end) and scene.text[end : end + 1] == ")":
        end += 1
    return Span(start, end)


def _letters(text: str) -> bool:
    return any(c.isalnum() for c in text)
