"""Training under supervision: the emitted script's own functions, watched and recorded."""
