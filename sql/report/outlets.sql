-- The outlets of the last five weeks of articles, those that came first the latest on top: how much is dated, is speech, has a
-- speaker, and repeats word for word in three of the outlet's stories or more.
WITH recent AS (
  FROM articles WHERE outlet_id IS NOT NULL AND first_seen_at > (SELECT max(first_seen_at) FROM articles) - INTERVAL 35 DAY
),
said AS (
  SELECT outlet_id, count(*) AS n_claims, count(speaker_text) AS n_with_speaker
  FROM recent JOIN claims USING (article_id) GROUP BY ALL
),
texts AS (
  SELECT outlet_id, count(*) AS n, count(DISTINCT coalesce(story_id, article_id)) AS n_stories
  FROM recent JOIN segments USING (article_id)
  WHERE kept AND kind = 'body' AND length(segments.text) >= 5 GROUP BY outlet_id, segments.text
),
repeated AS (
  SELECT outlet_id, sum(n) AS n_paragraphs, coalesce(sum(n) FILTER (WHERE n_stories >= 3), 0) AS n_repeated
  FROM texts GROUP BY ALL
)
SELECT name, n_articles, n_dated, began_at, coalesce(n_claims, 0) AS n_claims, n_with_speaker, n_paragraphs, n_repeated
FROM (
  SELECT outlet_id, count(*) AS n_articles, count(published_on) AS n_dated FROM recent GROUP BY ALL
)
JOIN (SELECT outlet_id, min(first_seen_at) AS began_at FROM articles GROUP BY ALL) USING (outlet_id)
JOIN (SELECT source_id AS outlet_id, name FROM sources) USING (outlet_id)
LEFT JOIN said USING (outlet_id)
LEFT JOIN repeated USING (outlet_id)
ORDER BY began_at DESC, n_articles DESC, name
LIMIT 30
