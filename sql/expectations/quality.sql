-- One row where the new articles of the source {source} don't give what its description expects of {name}; the measure is
-- taken of {batch}'s rows that belong to them, when there are at least {least} new articles.
SELECT
  NULL AS article_id,
  {source} AS row_id,
  '{name} is {limit}, and in ' || n || ' rows it is ' || round(measured, 3) AS problem
FROM (
  SELECT {measure} AS measured, count(*) AS n
  FROM {batch}
  JOIN batch_sources USING (article_id)
  WHERE source_name = {source} AND {counted}
) AS taken
WHERE n > 0 AND measured {sign} {limit}
  AND (SELECT count(*) FROM batch_sources WHERE source_name = {source}) >= {least}
