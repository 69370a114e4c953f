-- How much there is of what.
SELECT 'articles' AS what, count(*) AS n FROM articles
UNION ALL SELECT 'claims', count(*) FROM claims
UNION ALL SELECT 'utterances', count(*) FROM utterances
UNION ALL SELECT 'events', count(*) FROM events
UNION ALL SELECT 'incidents', count(*) FROM incidents
UNION ALL SELECT 'actors', count(*) FROM actors
UNION ALL SELECT 'stories', count(*) FROM stories
UNION ALL SELECT 'discrepancies', count(*) FROM discrepancies
UNION ALL SELECT 'older versions', count(*) FROM history.articles
