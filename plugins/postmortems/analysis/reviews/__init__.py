"""Whether reviews are held, and how well."""
