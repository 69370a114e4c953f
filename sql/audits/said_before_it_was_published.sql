-- A row is a claim said more than a day after its article was published (a day, for time zones).
-- severity: warning
SELECT claims.article_id, 'claims' AS table_name, claim_id AS row_id,
  format('said on {}, published on {}', said_on, published_on) AS problem
FROM claims JOIN articles USING (article_id)
WHERE said_on > published_on + 1;
