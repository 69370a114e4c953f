-- A row is one link of the chains: who relays whom, in how many claims and articles.
CREATE OR REPLACE VIEW main.source_network AS
SELECT
  earlier.name AS "from",
  later.name AS relayed_by,
  later.role,
  count(*) AS n_claims,
  count(DISTINCT later.article_id) AS n_articles,
  count(*) FILTER (earlier.basis = 'inferred' OR later.basis = 'inferred') AS n_inferred,
  earlier.id AS from_id,
  later.id AS relayed_by_id
FROM (
  SELECT claim_id, hop, coalesce(actors.name, attributions.name) AS name, coalesce(source_id, attributions.actor_id) AS id, basis
  FROM main.attributions LEFT JOIN main.actors ON actors.actor_id = attributions.actor_id
) AS earlier
JOIN (
  SELECT claim_id, hop, article_id, attributions.role, coalesce(sources.name, actors.name, attributions.name) AS name,
    coalesce(attributions.source_id, attributions.actor_id) AS id, basis
  FROM main.attributions
  LEFT JOIN main.sources ON sources.source_id = attributions.source_id
  LEFT JOIN main.actors ON actors.actor_id = attributions.actor_id
) AS later ON later.claim_id = earlier.claim_id AND later.hop = earlier.hop + 1
GROUP BY ALL
ORDER BY n_claims DESC, "from", relayed_by, role, from_id, relayed_by_id;
COMMENT ON VIEW main.source_network IS 'One link of the chains of attribution: who relays whom, in how many claims and articles.';
COMMENT ON COLUMN main.source_network."from" IS 'Who says or passes on.';
COMMENT ON COLUMN main.source_network.relayed_by IS 'Who passes it on next.';
COMMENT ON COLUMN main.source_network.role IS 'Role of the one who passes it on.';
COMMENT ON COLUMN main.source_network.n_claims IS 'Claims that took this link.';
COMMENT ON COLUMN main.source_network.n_articles IS 'Articles that hold them.';
COMMENT ON COLUMN main.source_network.n_inferred IS 'Claims in which one of the two hops is inferred.';
COMMENT ON COLUMN main.source_network.from_id IS 'Source or actor of from.';
COMMENT ON COLUMN main.source_network.relayed_by_id IS 'Source or actor of relayed_by.';
