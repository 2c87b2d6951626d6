"""The grammar of the project sheets: lines in, a report with evidence out; no files, no clock."""
