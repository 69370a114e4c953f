-- The ids of all rows of these articles whose former values may be on record.
WITH wanted AS (SELECT unnest($articles::VARCHAR[]) AS article_id)
SELECT article_id AS row_id FROM wanted
UNION SELECT claim_id FROM main.claims SEMI JOIN wanted USING (article_id)
UNION SELECT claim_id FROM history.claims SEMI JOIN wanted USING (article_id)
UNION SELECT date_id FROM main.dates SEMI JOIN wanted USING (article_id)
UNION SELECT date_id FROM history.dates SEMI JOIN wanted USING (article_id)
UNION SELECT event_id FROM main.events SEMI JOIN wanted USING (article_id)
UNION SELECT event_id FROM history.events SEMI JOIN wanted USING (article_id)
