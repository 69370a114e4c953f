"""Identifiers: hashes of natural keys, so that the same input gives the same id on any machine."""

from __future__ import annotations

import hashlib
from typing import Final

PREFIXES: Final = {
    "document": "doc",
    "article": "art",
    "segment": "seg",
    "mention": "men",
    "entity": "ent",
    "date": "dat",
    "claim": "clm",
    "event": "evt",
    "figure": "fig",
    "source": "src",
    "actor": "act",
    "place": "plc",
    "utterance": "utt",
    "incident": "inc",
    "passage": "pas",
    "story": "sto",
    "discrepancy": "dis",
    "run": "run",
    "batch": "bat",
    "judgement": "jud",
}


def make_id(kind: str, *parts: object) -> str:
    """Hash the natural key `parts` into an id such as `clm_0f3a…` (prefix and 20 hexadecimal digits).

    Parts are written out with a separator that no text holds, so that ("ab", "c") and ("a", "bc") differ.
    `None` and the empty string differ too. Raises KeyError for an unknown kind.
    """
    key = "\x1f".join("\x00" if part is None else str(part) for part in parts)
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=10, person=kind.encode()[:16])
    return f"{PREFIXES[kind]}_{digest.hexdigest()}"


def content_hash(data: bytes) -> str:
    """SHA-256 of the bytes, in hexadecimal: the name of a raw document on disk."""
    return hashlib.sha256(data).hexdigest()
