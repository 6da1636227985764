//! Corpus statistics for Vietnamese: tallies that merge, keywords, extractive summaries, near-duplicates.
