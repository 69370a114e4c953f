-- A row is one thing said, denied, asked, demanded or promised: by whom, when, in which words, by which way it reached us.
CREATE OR REPLACE VIEW main.who_said_what AS
FROM main.claims_shown
WHERE speech_act IN ('said', 'denied', 'asked', 'demanded', 'promised');
COMMENT ON VIEW main.who_said_what IS 'One thing said, denied, asked, demanded or promised: by whom, when, in which words, and by which way it reached the page.';
