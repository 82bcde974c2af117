"""STUDY, pure: changes and their allowed moves, people and what they may, conflicts, effects, the audit chain."""
