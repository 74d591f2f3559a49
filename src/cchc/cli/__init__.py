"""The command line `cchc`: one frame for errors, language and exit codes; one module for every command."""
