"""Press releases: the paragraphs about the company and the addresses for the press at the end are no news."""

from __future__ import annotations

import re
from typing import Final

from flows.clean.page import KEPT, Page

_MARK: Final = re.compile(r"\W*(?:for immediate release|press release|media release)\b|\W*###\W*$", re.IGNORECASE)
_CONTACT: Final = re.compile(
    r"\W*(?:(?:media|press|news|investor|pr|public relations)(?: relations| office)? "
    r"(?:contacts?|inquiries|enquiries|queries)(?: information| details)?\b\s*(?:[:–—-]|$)|"
    r"contacts?(?: information| details)?\s*:|for (?:more|further|additional|media|press) "
    r"(?:information|inquiries|enquiries|queries|details)\b.{0,60}\bcontact\b)",
    re.IGNORECASE,
)
_ABOUT: Final = re.compile(
    r"\W*About (?:the )?(?-i:[A-Z])[^.!?:–—]{1,60}(?P<rest>$|[:–—])|\W*ABOUT [A-Z][^.!?:–—a-z]{1,60}$"
)
_TOP: Final = 4  # pieces that may stand over the headline
_WORDS_OF_AN_ADDRESS: Final = 16  # lines of a contact's name, post and telephone number


def press_release(page: Page) -> None:
    """Mark "About COMPANY" with its paragraphs and the press contacts, below a release's own text, as disclaimer.

    A page is a release by its label at the top, or by press contacts at its end. Contacts end at the next sentence.
    """
    pieces = page.pieces
    prose = next((index for index in range(len(pieces)) if page.is_prose(index)), None)
    if prose is None:
        return
    contacts = [index for index in range(prose + 1, len(pieces)) if _CONTACT.match(pieces[index].text[:120])]
    labelled = any(_MARK.match(piece.text[:60]) for piece in pieces[:_TOP])
    abouts = [index for index in range(prose + 1, len(pieces)) if _ABOUT.match(pieces[index].text[:80])]
    if labelled or contacts:
        _boilerplate(page, abouts, contacts)
    if labelled or abouts:
        for index in contacts:
            _address(page, index)


def _boilerplate(page: Page, abouts: list[int], contacts: list[int]) -> None:
    """Each "About X" with what stands below it up to the next heading or address: two paragraphs at most."""
    for number, index in enumerate(abouts):
        stops = [other for other in (*abouts[number + 1 :], *contacts) if other > index]
        end = min(stops, default=len(page.pieces))
        heads = _ABOUT.match(page.pieces[index].text[:80])
        inline = heads is not None and heads["rest"] not in (None, "")
        n_paragraphs = sum(page.is_prose(other) for other in range(index + 1, end))
        if n_paragraphs > (0 if inline else 2):
            continue
        for other in range(index, end):
            _drop(page, other)


def _address(page: Page, index: int) -> None:
    _drop(page, index)
    for other in range(index + 1, len(page.pieces)):
        piece = page.pieces[other]
        if page.is_prose(other) or piece.shape.n_words > _WORDS_OF_AN_ADDRESS:
            return
        _drop(page, other)


def _drop(page: Page, index: int) -> None:
    if page.kinds[index] is None or page.kinds[index] in KEPT:
        page.kinds[index] = "disclaimer"
