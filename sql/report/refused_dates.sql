-- Why a date has no days: by derivation, the commonest first.
SELECT derivation, count(*) AS n, any_value(text) AS example
FROM dates
WHERE starts_on IS NULL AND timex_type IN ('DATE', 'TIME')
GROUP BY derivation
ORDER BY n DESC, derivation
LIMIT 12
