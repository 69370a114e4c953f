-- How many outlets of the new articles had none before.
(
  SELECT count(DISTINCT outlet_id)
  FROM articles JOIN batch_sources USING (article_id)
  WHERE source_name = {source} AND outlet_id IS NOT NULL AND outlet_id NOT IN (SELECT outlet_id FROM past_outlets)
)
