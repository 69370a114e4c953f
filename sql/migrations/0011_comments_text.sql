-- Kept segments of one sentence, which a card of links parts, are joined by nothing.

COMMENT ON COLUMN main.articles.text IS 'Kept segments joined by blank lines, those of one sentence by nothing; all offsets count in it.';
