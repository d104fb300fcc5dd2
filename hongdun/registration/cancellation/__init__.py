"""An enterprise ends: after liquidation, or in the simple way after a public notice (条例 art. 31–33, 细则 art. 44–49)."""
