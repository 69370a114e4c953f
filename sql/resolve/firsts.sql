-- The first entity of each actor: `these` are rows of work.entities.
SELECT actor_id, min(entity_id) AS entity_id
FROM these
GROUP BY actor_id
