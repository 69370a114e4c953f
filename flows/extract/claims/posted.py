"""Posts that a page shows whole and talks that it writes down: what they say is theirs whose name stands there."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from flows.extract.claims.assemble import Draft
from flows.extract.claims.posts import Post
from flows.extract.claims.scene import Scene
from flows.extract.turns import Turn
from flows.records import Span

# Scores.
POSTED: Final = 0.95
SPOKEN: Final = 0.9
_OWN: Final = frozenset({"i", "we", "me", "us", "my", "our", "you", "your"})


def posted(scene: Scene, kept: list[Draft]) -> list[Draft]:
    """`kept` with a draft for each post of the page, and without the words of the posts elsewhere."""
    shown = [(post, _words(scene, post.words)) for post in scene.quotations.posts]
    taken = frozenset[int]().union(*(words for _, words in shown))
    rest = [each if taken.isdisjoint(each.words) else replace(each, words=each.words - taken) for each in kept]
    made = [_whole(scene, post, words, POSTED) for post, words in shown if words]
    return [*(each for each in rest if each.words), *made]


def spoken(scene: Scene, kept: list[Draft]) -> list[Draft]:
    """`kept` with a draft for each turn of a talk; what speakers say there of themselves is no claim within it."""
    turns = [(turn, words) for turn in scene.turns if (words := _words(scene, turn.words))]
    within = frozenset[int]().union(*(words for _, words in turns))
    rest = [each for each in kept if each.cue not in within or not _of_themselves(scene, each)]
    return [*rest, *(_whole(scene, turn, words, SPOKEN) for turn, words in turns)]


def _of_themselves(scene: Scene, each: Draft) -> bool:
    return each.source is not None and scene.tokens[each.source].lower_ in _OWN


def _whole(scene: Scene, shown: Post | Turn, words: frozenset[int], score: float) -> Draft:
    return Draft(min(words), _signer(scene, shown.name), words, score, bare=True, whole=shown.words)


def post_of(scene: Scene, words: frozenset[int]) -> Post | None:
    """The post in which the first of `words` stands."""
    at = scene.tokens[min(words)].idx if words else -1
    return next((post for post in scene.quotations.posts if post.words.start <= at < post.words.end), None)


def _words(scene: Scene, span: Span) -> frozenset[int]:
    return frozenset(i for i in scene.inside(span) if scene.is_word(i))


def _signer(scene: Scene, name: Span) -> int | None:
    """The last proper noun of the name, else its last word."""
    own = [i for i in scene.inside(name) if i in scene.signed]
    return next((i for i in reversed(own) if scene.tokens[i].pos_ == "PROPN"), own[-1] if own else None)
