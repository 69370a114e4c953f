-- A row is one utterance or incident: how many articles and outlets report it, and from how many independent origins.
CREATE OR REPLACE VIEW main.corroboration AS
SELECT
  'utterance' AS about,
  coalesce(actors.name || ': ', '') || utterances.text AS headline,
  utterances.said_on AS starts_on,
  utterances.n_articles,
  utterances.n_outlets,
  utterances.n_origins,
  utterances.utterance_id AS about_id
FROM main.utterances
LEFT JOIN main.actors ON actors.actor_id = utterances.speaker_id
UNION ALL
SELECT 'incident', incidents.headline, incidents.starts_on, incidents.n_articles, incidents.n_outlets, incidents.n_origins, incidents.incident_id
FROM main.incidents
ORDER BY n_origins DESC, n_articles DESC, starts_on NULLS LAST, about_id;
COMMENT ON VIEW main.corroboration IS 'One utterance or incident: how many articles and outlets report it, and from how many independent origins.';
