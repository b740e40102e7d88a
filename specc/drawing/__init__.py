"""Pictures of models: what a picture shows, where things stand in it, and three formats."""
