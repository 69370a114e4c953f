-- A row is a claim whose span or content is not that of its parts.
-- severity: fatal
SELECT article_id, 'claims' AS table_name, claim_id AS row_id,
  coalesce('the parts span ' || first_char || ' to ' || last_char || ' and say: ' || left(said, 60), 'it has no parts') AS problem
FROM claims
LEFT JOIN (
  SELECT claim_id, min(start_char) AS first_char, max(end_char) AS last_char,
    string_agg(text, ' … ' ORDER BY part) AS said
  FROM claim_parts GROUP BY claim_id
) AS parts USING (claim_id)
WHERE first_char IS DISTINCT FROM start_char OR last_char IS DISTINCT FROM end_char OR said IS DISTINCT FROM content;
