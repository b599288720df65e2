"""When things run, and in which process."""
