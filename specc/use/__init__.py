"""A finished run at work: predictions for new data, and scores on other data."""
