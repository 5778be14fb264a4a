"""The makers of the sample workspace, one module per kind of export."""
