-- A row is one whose span does not reproduce its text, or is half there.
SELECT {article} AS article_id, {row_id} AS row_id,
  '{text} is not the article''s text from ' || coalesce({start}::VARCHAR, 'null') || ' to ' || coalesce({end}::VARCHAR, 'null') AS problem
FROM {batch}
LEFT JOIN (SELECT article_id AS span_article, text AS span_whole FROM known_articles) AS whole ON span_article = {of}
WHERE ({start} IS NULL) <> ({end} IS NULL)
  OR ({start} IS NOT NULL
    AND ({start} < 0 OR {end} <= {start} OR substring(span_whole, {start} + 1, {end} - {start}) IS DISTINCT FROM {text}))
