"""Fetching: the one package that speaks HTTP."""
