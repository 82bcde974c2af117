"""SIDE DOOR: people who curate, the packs, publishing and the command line; never the public path."""
