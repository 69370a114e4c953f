-- The titles that go with the names of each actor: `these` are rows of main.mentions.
SELECT DISTINCT actor_id, title_text
FROM these
WHERE title_text IS NOT NULL
