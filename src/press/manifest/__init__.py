"""Read the newspaper's own files: paper, edition, articles, layout, printer."""
