"""Intake: a file on its way to becoming a document, in four steps of one page each."""
