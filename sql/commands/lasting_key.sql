-- What stands for an actor whatever articles come: a full name that nobody else bears, else its first mention.
-- In the article of the claim $claim, if one is given, the first mention there.
SELECT key
FROM (
  SELECT a.name AS key, 0 AS rank, '' AS article_id, 0 AS start_char
  FROM actors AS a
  WHERE a.actor_id = $id
    AND $claim IS NULL
    AND a.name LIKE '% %'
    AND NOT EXISTS (SELECT 1 FROM actor_names AS n WHERE n.name = a.name AND n.actor_id <> a.actor_id)
    AND EXISTS (SELECT 1 FROM actor_names AS n WHERE n.name = a.name AND n.n_mentions > 0)
  UNION ALL
  SELECT m.mention_id, 1, m.article_id, m.start_char
  FROM mentions AS m
  WHERE m.actor_id = $id
    AND ($claim IS NULL OR m.article_id IN (SELECT article_id FROM claims WHERE claim_id = $claim))
)
ORDER BY rank, article_id, start_char
LIMIT 1
