"""One file per layer kind or tight family; `specc.kind` finds them by name."""
