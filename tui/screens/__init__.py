"""One screen a file: what is laid out where. Each draws from the desk and says back only which command was meant."""
