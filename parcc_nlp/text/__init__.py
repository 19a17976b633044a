"""Vietnamese text: cleaning with an offset map, dates, ordinals."""
