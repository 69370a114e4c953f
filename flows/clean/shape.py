"""What a stretch of text looks like: running prose, a title, a list item, a name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from flows.resources import words

_LOOK_AT: Final = 4000  # characters; enough to tell prose from a title
_WORD: Final = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_TERMINAL: Final = re.compile(r"[.!?…][\"'”’»)\]]*$|[,;:—-][\"”]?$|[\"”]$")
_FULL_STOP: Final = re.compile(r"(?<![A-Z])[.…][\"'”’»)\]]*$|[!?][\"'”’»)\]]+$")
_LIST_MARK: Final = re.compile(r"^(?:[•●▪■*·–—-]|\d{1,3}[.):]|\([a-z0-9]{1,2}\)|[a-z][.)])\s")
# rows of a list that says something: "Ohio: 18 votes", "June 9 -- Tampa", "Jane Doe, 41, of Leeds"
_LABELLED: Final = re.compile(
    r"^[^:]{1,40}:\s+\S|\d+(?:[.,]\d+)?\s?%|\bpercent\b|[–-]\s*\d|\d\s*[–-]|"
    r"^(?:\w+\.? )?\d{1,2}\b|\s--\s|@ |,\s\d{1,3}\b"
)
_SENTENCE_END: Final = re.compile(r"[.!?][\"'”’)]*\s+[\"'“‘(]*[A-Z]")


@dataclass(frozen=True, slots=True)
class Shape:
    """Measures of one stretch. Shares are of its words; `stopped` is a sentence's end, not that of a title."""

    n_words: int
    n_sentences: int
    terminal: bool
    stopped: bool
    question: bool
    function_share: float
    capital_share: float
    listed: bool
    labelled: bool

    @property
    def prose(self) -> bool:
        """Reads as running text: complete sentences, or long enough and held together by grammar."""
        if self.terminal and self.n_words >= 6 and self.function_share >= 0.12:
            return True
        return self.n_words >= 25 and self.function_share >= 0.25

    @property
    def title_like(self) -> bool:
        """Short and not closed like a sentence, as headlines, links and labels are."""
        return self.n_words <= 32 and not self.stopped and not self.listed


@cache
def _function_words() -> frozenset[str]:
    return words("function_words")


def shape(text: str) -> Shape:
    """Measure the first 4,000 characters of `text`, and its end."""
    found = _WORD.findall(text[:_LOOK_AT])
    n_words = len(found)
    letters = [word for word in found if word[0].isalpha()]
    content = [word for word in letters if word.lower() not in _function_words()]
    end = text[-12:].rstrip()
    return Shape(
        n_words=n_words,
        n_sentences=1 + len(_SENTENCE_END.findall(text[:_LOOK_AT])),
        terminal=bool(_TERMINAL.search(end)),
        stopped=bool(_FULL_STOP.search(end)),
        question=end.endswith("?"),
        function_share=(len(letters) - len(content)) / n_words if n_words else 0.0,
        capital_share=sum(word[0].isupper() for word in content) / len(content) if content else 0.0,
        listed=bool(_LIST_MARK.match(text)),
        labelled=bool(_LABELLED.search(text[:200])),
    )


def plain(text: str) -> str:
    """Lower case, words only: what two writings of one headline share."""
    return " ".join(_WORD.findall(text.lower()))
