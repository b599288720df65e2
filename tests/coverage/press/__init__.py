"""A press of sixty outlets over six intertwined topics, made by seeded code from data."""
