"""Individual businesses: registered by the station in whose grid the shop stands, in the county bureau's name (条例 art. 5)."""
