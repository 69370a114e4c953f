-- One row per pair of neighbours on claims' ways to the page: who passes on whose words, in how many claims.
-- param claims integer 1 at least so many claims
SELECT
  later.name AS relays,
  later.role,
  earlier.name AS words_of,
  earlier.role AS whose_role,
  count(DISTINCT later.claim_id) AS n_claims,
  count(DISTINCT later.article_id) AS n_articles,
  count(*) FILTER (WHERE later.basis = 'inferred' OR earlier.basis = 'inferred') AS n_inferred
FROM attributions AS later
JOIN attributions AS earlier ON earlier.claim_id = later.claim_id AND earlier.hop = later.hop - 1
GROUP BY ALL
HAVING count(DISTINCT later.claim_id) >= $claims::INTEGER
ORDER BY n_claims DESC, relays, words_of, later.role, whose_role
