"""Which stories report one event, which events make one storyline, and why."""
