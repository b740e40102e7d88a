"""Where data come from and how they are prepared, one file per source."""
