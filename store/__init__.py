"""Everything known about stories. Runs without a terminal; never imports textual or rich."""
