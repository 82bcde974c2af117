"""LIVING ROOM: which notice, in which words; the public door. Nothing here imports store, review or admin."""
