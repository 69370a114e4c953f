-- The heaviest terms of an article, by which articles of one story find each other, stand in a table of their own with
-- their weights and the article's day: how alike two articles are by these tells whether to compare the rest.

CREATE TABLE work.heavy_terms (
  article_id VARCHAR NOT NULL,
  term VARCHAR NOT NULL,
  weight INTEGER NOT NULL,
  published_on DATE
);

INSERT INTO work.heavy_terms
SELECT t.article_id, t.term, t.weight, CASE WHEN a.published_basis <> 'story' THEN a.published_on END
FROM work.keys AS k
JOIN work.article_terms AS t ON t.article_id = k.article_id AND k.key = 'term:' || t.term
JOIN main.articles AS a ON a.article_id = k.article_id
WHERE k.layer = 'story_term';

DELETE FROM work.keys WHERE layer = 'story_term';

COMMENT ON COLUMN work.keys.alike IS 'A number for what joins the member to others, where the lexicon knows it or its name says which body it is: members of one number are decided alike.';
COMMENT ON TABLE work.heavy_terms IS 'One of the heaviest terms of one article: by these the articles of one story find each other.';
COMMENT ON COLUMN work.heavy_terms.article_id IS 'Key: the article.';
COMMENT ON COLUMN work.heavy_terms.term IS 'Key: the term.';
COMMENT ON COLUMN work.heavy_terms.weight IS 'Its weight in units of 1/32768 of a unit vector.';
COMMENT ON COLUMN work.heavy_terms.published_on IS 'The day on which the article says that it was published; null if it says none.';
