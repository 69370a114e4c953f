-- One row per name or label of an actor: how often it is used, on what ground it counts as the actor's, how sure that is.
SELECT name, n_mentions, basis, score
FROM actor_names
WHERE actor_id = $id
ORDER BY n_mentions DESC, name
