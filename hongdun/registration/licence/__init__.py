"""The life of a licence after it was decided: printed on numbered blanks, handed over, lost, replaced, handed in."""
