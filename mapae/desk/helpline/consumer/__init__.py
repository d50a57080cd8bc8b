"""What consumers do with the helpline: drafts, codes, letters of withdrawal, the story of a complaint in their words."""
