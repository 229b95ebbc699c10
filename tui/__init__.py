"""Everything seen and typed. Knows no file format, no database, no algorithm."""
