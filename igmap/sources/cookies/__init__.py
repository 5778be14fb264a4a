"""Lists of cookies, from text files and from browsers."""
