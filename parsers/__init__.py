"""The grammar of the project sheets: lines in, a report with evidence out. Pure: no files, no clock."""
