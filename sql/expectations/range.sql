-- A row is one in which {column} lies outside its range; 'inf' stands for no bound.
SELECT {article} AS article_id, {row_id} AS row_id, '{column} is ' || {column} || ', outside {low} to {high}' AS problem
FROM {batch}
WHERE {column} < '{low}'::DOUBLE OR {column} > '{high}'::DOUBLE OR isnan({column}::DOUBLE)
