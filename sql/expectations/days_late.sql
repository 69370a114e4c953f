-- By how many days the median new article is older, when it is seen, than the source's articles of the weeks before.
(
  SELECT median(date_diff('day', published_on, first_seen_at::DATE)) - (
    SELECT CASE WHEN count(*) >= 20 THEN median(date_diff('day', published_on, first_seen_at::DATE)) END
    FROM past_articles WHERE source_name = {source} AND published_on IS NOT NULL
  )
  FROM articles JOIN batch_sources USING (article_id)
  WHERE source_name = {source} AND published_on IS NOT NULL
)
