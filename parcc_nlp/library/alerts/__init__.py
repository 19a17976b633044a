"""Who must know: what a newly imported document does to those that rest on something else, told once."""
