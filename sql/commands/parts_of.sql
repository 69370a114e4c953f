-- One row per part of a claim: where its words stand in the article.
SELECT start_char, end_char FROM claim_parts WHERE claim_id = $id ORDER BY part
