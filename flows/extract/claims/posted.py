"""Posts that a page shows whole: what they say is theirs who sign them, whatever is told before them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from flows.extract.claims.assemble import Draft
from flows.extract.claims.posts import Post
from flows.extract.claims.scene import Scene
from flows.records import Span

POSTED: Final = 0.95  # score


def posted(scene: Scene, kept: list[Draft]) -> list[Draft]:
    """`kept` with a draft for each post of the page, and without the words of the posts elsewhere."""
    shown = [(post, _words(scene, post.words)) for post in scene.quotations.posts]
    taken = frozenset[int]().union(*(words for _, words in shown))
    rest = [each if taken.isdisjoint(each.words) else replace(each, words=each.words - taken) for each in kept]
    made = [Draft(min(words), _signer(scene, post.name), words, POSTED, bare=True) for post, words in shown if words]
    return [*(each for each in rest if each.words), *made]


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
