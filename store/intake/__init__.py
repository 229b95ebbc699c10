"""Bytes in, Raw or Rejected out: one file a format, in the ordered table FORMATS."""
