"""Ingest: find what is given, read it as documents, and keep the bytes as they came.

Everything read is untrusted: sizes are capped while streaming, and what can't be read is set aside with a reason.
"""

from flows.ingest.find import InputFile, find
from flows.ingest.raw import RawStore
from flows.ingest.read import read

__all__ = ["InputFile", "RawStore", "find", "read"]
