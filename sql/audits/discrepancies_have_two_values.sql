-- A row is a discrepancy in the batch that fewer than two values show.
-- severity: warning
SELECT NULL AS article_id, 'discrepancies' AS table_name, discrepancy_id AS row_id, 'fewer than two different values' AS problem
FROM discrepancies
LEFT JOIN discrepancy_values USING (discrepancy_id)
GROUP BY discrepancy_id
HAVING count(DISTINCT value) < 2;
