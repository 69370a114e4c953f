-- One row per article that mentions an actor: what it calls the actor, in order of first use, with the article's story.
SELECT
  article_id,
  coalesce(title, external_id, article_id) AS title,
  story_id,
  string_agg(called, ' · ' ORDER BY first_char) AS called
FROM (
  SELECT article_id, text AS called, min(start_char) AS first_char
  FROM mentions
  WHERE actor_id = $id AND form <> 'pronoun'
  GROUP BY article_id, text
)
JOIN articles USING (article_id)
GROUP BY ALL
ORDER BY article_id
LIMIT 50
