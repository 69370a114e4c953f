-- Posts of social networks and turns of talks that a page shows whole are verbatim without marks.

COMMENT ON COLUMN main.claims.quotation IS 'direct when every word stands in quotation marks, or a page shows a post or the turn of a talk whole; indirect when none does, else mixed.';
