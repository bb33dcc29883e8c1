"""The workflow engine: a pure core that decides, and a shell around it that acts."""
