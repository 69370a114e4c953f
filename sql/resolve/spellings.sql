-- The names of each place with the first entity that bears each: `these` are rows of work.entities.
SELECT place_id, name, country, min(entity_id) AS entity_id
FROM these
GROUP BY ALL
