"""Research: fetch what an office has configured, read it as source, and make a catalog with it.

Nothing that was fetched is ever run. Only `fetching` speaks HTTP.
"""
