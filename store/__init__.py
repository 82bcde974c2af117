"""CELLAR: rows ↔ documents. All SQL lives here; nothing on the public path imports it."""
