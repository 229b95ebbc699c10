"""Language work on one story: what is body (clean), what the head says (head), sentences and words (words)."""
