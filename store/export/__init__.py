"""What the reader takes away: the table EXPORTERS, one format a file."""
