"""Extract: what one article says, as spaCy components over its clean text."""
