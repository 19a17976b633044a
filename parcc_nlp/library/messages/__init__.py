"""Messages of the document exchange: new, recalled, updated and replaced documents, and reports on their state."""
