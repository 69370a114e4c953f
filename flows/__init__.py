"""Hearsay: an event database for the news. Stages, in the order the data flows:

ingest → clean → extract → resolve → validate → publish
"""

__version__ = "0.1.0"
