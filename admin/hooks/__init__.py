"""Webhooks: who is told, what is about to happen, and how it gets there; what has happened is put out by the use cases themselves."""
