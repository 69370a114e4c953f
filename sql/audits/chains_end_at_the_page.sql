-- A row is a claim whose chain of attribution has a gap, does not end at the page, or gives hop 0 to anyone but the speaker.
-- severity: fatal
SELECT article_id, 'claims' AS table_name, claim_id AS row_id,
  coalesce(format('hops {}, from {} to {}', hops, first_role, last_role), 'it has no chain') AS problem
FROM claims
LEFT JOIN (
  SELECT claim_id, list(hop ORDER BY hop) AS hops, arg_min(role, hop) AS first_role, arg_max(role, hop) AS last_role,
    count(*) FILTER (role = 'page') AS n_pages, min(hop) AS first_hop, max(hop) - min(hop) + 1 AS n_expected, count(*) AS n_hops
  FROM attributions GROUP BY claim_id
) AS chain USING (claim_id)
WHERE last_role IS DISTINCT FROM 'page' OR n_pages <> 1 OR n_hops <> n_expected
  OR first_hop <> (CASE first_role WHEN 'speaker' THEN 0 ELSE 1 END);
