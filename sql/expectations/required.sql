-- A row is one in which {column} is missing.
SELECT {article} AS article_id, {row_id} AS row_id, '{column} is missing' AS problem
FROM {batch}
WHERE {column} IS NULL
