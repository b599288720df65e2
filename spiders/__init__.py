"""Fetching: spiders poll sources, fetch what is new there and hand it to the pipeline."""
