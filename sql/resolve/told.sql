-- How often the members of each actor say what of it: `these` are rows of work.entities.
SELECT actor_id, 'mentions' AS what, NULL AS value, coalesce(sum(n_all), 0)::BIGINT AS n FROM these GROUP BY actor_id
UNION ALL
SELECT actor_id, 'articles', NULL, count(DISTINCT article_id) FROM these GROUP BY actor_id
UNION ALL
SELECT actor_id, 'members', min(entity_id), count(*) FROM these GROUP BY actor_id
UNION ALL
SELECT actor_id, 'key', key, count(*) FROM these WHERE key <> '' GROUP BY actor_id, key
UNION ALL
SELECT actor_id, 'kind', kind, count(*) FROM these WHERE kind <> '' GROUP BY actor_id, kind
UNION ALL
SELECT actor_id, 'country', country, count(*) FROM these WHERE country <> '' GROUP BY actor_id, country
UNION ALL
SELECT actor_id, 'role', role, count(*) FROM these WHERE role <> '' GROUP BY actor_id, role
UNION ALL
SELECT actor_id, 'called', name, sum(greatest(n_all, 1))::BIGINT FROM these GROUP BY actor_id, name
UNION ALL
SELECT actor_id, 'used', used, coalesce(sum(n), 0)::BIGINT
FROM (SELECT actor_id, unnest(names) AS used, unnest(n_mentions) AS n FROM these)
WHERE used IS NOT NULL
GROUP BY actor_id, used
