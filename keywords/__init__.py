"""STUDY, pure: text in, matches out. Regions, slots and topics are strings here; nothing reads a clock or a file."""
