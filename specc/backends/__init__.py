"""The two readers of a program: one evaluates it, the other prints it."""
