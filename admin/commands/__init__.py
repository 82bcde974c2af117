"""The command line, one file a command; the clock, the settings and make_app are handed in by server.py."""
