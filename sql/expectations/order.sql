-- A row is one in which {low} comes after {high}.
SELECT {article} AS article_id, {row_id} AS row_id, '{low} ' || {low} || ' comes after {high} ' || {high} AS problem
FROM {batch}
WHERE {low} > {high}
