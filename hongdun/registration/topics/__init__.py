"""What filings ask on their pages, written once: fields, rows of people, pages, the same in words and in register terms."""
