"""What filings share: the licence, the papers, the drafts."""
