"""The language of a text, by py3langid (Lui and Baldwin 2012), among those in which news is common."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

_LEAST_LETTERS: Final = 40  # below, character n-grams tell too little
_LOOK_AT: Final = 1200  # characters; more costs time and changes nothing
_LEAST_SURE: Final = 0.5
_LANGUAGES: Final = (
    "ar az bg bn ca cs da de el en es et fa fi fr he hi hr hu hy id it ja ka kk ko ku lt lv "
    "mk ms nb nl no pl ps pt ro ru sk sl sq sr sv sw ta te th tr uk ur vi zh"
)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known = set(identifier.nb_classes)
    identifier.set_languages([code for code in _LANGUAGES.split() if code in known])
    return identifier


def language(text: str) -> str | None:
    """ISO 639-1 code, or None when the text is too short or the answer too unsure."""
    head = text[:_LOOK_AT]
    if sum(char.isalpha() for char in head) < _LEAST_LETTERS:
        return None
    code, probability = _identifier().classify(head)
    return str(code) if probability >= _LEAST_SURE else None
