"""STUDY, pure: place and date in, phases and centers out; nothing here reads a clock, a file or a search."""
