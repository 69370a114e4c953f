-- The population stability index of the scores of claims, in ten bins, against those of the weeks before; nothing with fewer
-- than a hundred claims on a side. Below 0.1 nothing has moved, above 0.25 what is read is another thing.
(
  WITH scores AS (
    SELECT least(floor(10 * score), 9) AS bin, true AS is_new FROM claims JOIN batch_sources USING (article_id)
    WHERE source_name = {source}
    UNION ALL
    SELECT least(floor(10 * score), 9), false FROM past_scores WHERE source_name = {source}
  ),
  shares AS (
    SELECT
      (count(scores.bin) FILTER (WHERE is_new) + 0.5) / ((SELECT count(*) FROM scores WHERE is_new) + 5) AS now,
      (count(scores.bin) FILTER (WHERE NOT is_new) + 0.5) / ((SELECT count(*) FROM scores WHERE NOT is_new) + 5) AS before
    FROM range(0, 10) AS bins(bin) LEFT JOIN scores USING (bin) GROUP BY bin
  )
  SELECT CASE WHEN (SELECT count(*) FILTER (WHERE is_new) >= 100 AND count(*) FILTER (WHERE NOT is_new) >= 100 FROM scores)
    THEN sum((now - before) * ln(now / before)) END
  FROM shares
)
