"""A run as one page to read and to send along: all of it from its folder, without TensorFlow."""
