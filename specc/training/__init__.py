"""One file per family of optimizers, losses, metrics, callbacks and the like; `specc.kind` finds them by name."""
