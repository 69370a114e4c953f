"""What each of our components costs beside the model's own, on the same texts in one run. By hand:

    python tests/benchmarks/component_cost.py TEXTS.jsonl[.gz] [ARTICLES]      default: 200 articles

Garbage is collected between the batches: else a full collection is charged to the component that it happens to fall on.
Prints seconds, and the ratio to the time of the model's stock components (all that are left enabled, none of ours).
"""

from __future__ import annotations

import gc
import itertools
import sys
import time
from collections import defaultdict
from pathlib import Path

from flows.extract.claims.train import read_lines
from flows.extract.nlp import COMPONENTS, load


def main(texts: Path, articles: int = 200) -> None:
    nlp = load()
    ours = [name for name, _ in COMPONENTS if name in nlp.pipe_names]
    spent: dict[str, float] = defaultdict(float)
    with nlp.select_pipes(disable=ours):
        list(nlp.pipe(["Warm up."] * 8))
        rows = itertools.islice((row["text"] for row in read_lines(texts) if row.get("text")), articles)
        gc.disable()
        while batch := list(itertools.islice(rows, 16)):
            start = time.perf_counter()
            docs = list(nlp.pipe(batch, batch_size=16))
            spent["stock"] += time.perf_counter() - start
            for name in ours:
                component = dict(nlp.components)[name]
                start = time.perf_counter()
                docs = [component(doc) for doc in docs]
                spent[name] += time.perf_counter() - start
            gc.collect()
    for name in ("stock", *ours):
        print(f"{name:24}{spent[name]:8.2f} s{spent[name] / spent['stock']:9.1%}")
    print(f"{'all of ours':24}{sum(spent[n] for n in ours):8.2f} s{sum(spent[n] for n in ours) / spent['stock']:9.1%}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
