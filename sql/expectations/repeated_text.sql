-- The share of the new paragraphs that stand word for word in three stories of their outlet, or more: page junk that was taken
-- for text repeats, what is told of one happening stays in its story.
(
  WITH texts AS (
    SELECT coalesce(outlet_id, source_name) AS outlet, coalesce(story_id, article_id) AS story, segments.text, true AS is_new
    FROM segments JOIN articles USING (article_id) JOIN batch_sources USING (article_id)
    WHERE kept AND kind = 'body' AND source_name = {source}
    UNION ALL
    SELECT coalesce(outlet_id, source_name), coalesce(story_id, article_id), text, false
    FROM past_texts JOIN past_articles USING (article_id)
    WHERE source_name = {source}
  )
  SELECT coalesce(sum(n_new) FILTER (WHERE n_stories >= 3), 0) / sum(n_new)
  FROM (
    SELECT count(*) FILTER (WHERE is_new) AS n_new, count(DISTINCT story) AS n_stories
    FROM texts WHERE length(text) >= 5 GROUP BY outlet, text
  )
)
