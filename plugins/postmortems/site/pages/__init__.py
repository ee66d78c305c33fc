"""The pages of the site, one file each: which figures go on it, and the sentence it opens with."""
