-- A row is a claim whose chain of attribution has a gap, or does not end at the page.
-- severity: fatal
SELECT article_id, 'claims' AS table_name, claim_id AS row_id,
  coalesce(format('hops {}, the last is {}', hops, last_role), 'it has no chain') AS problem
FROM claims
LEFT JOIN (
  SELECT claim_id, list(hop ORDER BY hop) AS hops, arg_max(role, hop) AS last_role,
    count(*) FILTER (role = 'page') AS n_pages, max(hop) + 1 AS n_expected, count(*) AS n_hops, min(hop) AS first_hop
  FROM attributions GROUP BY claim_id
) AS chain USING (claim_id)
WHERE last_role IS DISTINCT FROM 'page' OR n_pages <> 1 OR first_hop <> 0 OR n_hops <> n_expected;
