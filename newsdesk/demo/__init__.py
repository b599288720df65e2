"""A small invented press on loopback, and the real Newsdesk run over it."""
