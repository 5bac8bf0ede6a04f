"""What the desk holds besides files: entries, figures, offices and phones, and the list of what is still missing."""
