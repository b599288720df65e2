"""Bound volumes: the words of many articles, inverted once and never changed, as bytes.

What a search engine calls a segment. A volume knows for every word in which of its articles and
at which places it stands, and keeps what lists and facets need as arrays. Everything here is pure
(numpy, no database): the archive keeps the pages of a volume as rows, the same on either engine,
and so both give the same answer.
"""

from __future__ import annotations
