"""Extractive summaries: the table SUMMARISERS, one method a file; the only folder that imports sumy."""
