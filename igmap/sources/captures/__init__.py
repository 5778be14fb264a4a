"""What a browser capture shows: cookies that are set and sent, pages, hosts, links, and what they are told."""
