//! Readers of crawl dumps, news articles and JSON Lines: bytes to documents with blocks, positions and a closing ledger.
