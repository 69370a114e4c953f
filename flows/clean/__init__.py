"""Cleaning: what of a page is the article, when it was published, and whom it credits."""

from __future__ import annotations

from flows.clean.article import clean, clean_all

__all__ = ["clean", "clean_all"]
