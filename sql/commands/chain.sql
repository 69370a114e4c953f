-- One row per hop of a claim's way from the speaker to the page.
SELECT hop, role, name, basis, derivation, text
FROM attributions
WHERE claim_id = $id
ORDER BY hop
