-- A row is a part, hop or participant that stands in another article than its claim or event.
-- severity: fatal
SELECT claim_parts.article_id, 'claim_parts' AS table_name, claim_id || '/' || part AS row_id, 'its claim is in another article' AS problem
FROM claim_parts JOIN claims USING (claim_id) WHERE claim_parts.article_id <> claims.article_id
UNION ALL
SELECT attributions.article_id, 'attributions', claim_id || '/' || hop, 'its claim is in another article'
FROM attributions JOIN claims USING (claim_id) WHERE attributions.article_id <> claims.article_id
UNION ALL
SELECT event_participants.article_id, 'event_participants', event_id || '/' || role || '/' || ordinal, 'its event is in another article'
FROM event_participants JOIN events USING (event_id) WHERE event_participants.article_id <> events.article_id;
