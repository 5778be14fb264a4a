"""The text of DOCX, PPTX and PDF."""
