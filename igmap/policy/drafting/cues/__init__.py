"""The cues by which a policy is read: data, see `recognising`."""
