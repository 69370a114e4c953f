-- As what the members of each actor publish or relay, and how often: `these` are rows of work.entities.
SELECT actor_id, kind, source_role, domain, count(*) AS n
FROM these
WHERE source_role IS NOT NULL OR kind = 'media'
GROUP BY ALL
