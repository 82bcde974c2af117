"""Packs in and out: reading the YAML and CSV starter content, and refreshing what the fact files own in it."""
