"""What the package needs of Python and the machine: files, time, processes, extras, errors, patterns."""
