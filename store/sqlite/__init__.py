"""The store on SQLite: opening a file, its tables, and each part of what a store keeps. No rules about what it means."""

from store.sqlite.opening import SqliteStore

__all__ = ["SqliteStore"]
