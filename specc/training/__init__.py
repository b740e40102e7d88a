"""Optimizers, losses, metrics, callbacks and the like, found by name through `specc.kind`."""
