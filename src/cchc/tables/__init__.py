"""Safe readers and writers of CSV and XLSX: limits, child process, header finding, row errors. Pure."""
