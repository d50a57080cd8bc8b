"""What the API answers with and takes: plain shapes, named as the pages name things, a file a subject."""
