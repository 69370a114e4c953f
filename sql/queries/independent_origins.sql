-- One row per utterance or incident: how many articles carry it, and how many of them are independent of one another.
-- param articles integer 2 at least so many articles
-- param origins integer 1 at least so many independent origins
SELECT about, headline, since, n_articles, n_outlets, n_origins, id
FROM (
  SELECT 'utterance' AS about, text AS headline, said_on AS since, n_articles, n_outlets, n_origins, utterance_id AS id
  FROM utterances
  UNION ALL
  SELECT 'incident', headline, starts_on, n_articles, n_outlets, n_origins, incident_id
  FROM incidents
) AS reported
WHERE n_articles >= $articles::INTEGER AND n_origins >= $origins::INTEGER
ORDER BY n_origins DESC, n_articles DESC, since NULLS LAST, id
