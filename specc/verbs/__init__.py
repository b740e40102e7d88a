"""One file per verb of the command line; each imports what it needs, inside."""
