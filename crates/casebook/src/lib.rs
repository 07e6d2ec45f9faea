//! The file: ledger, documents, derived views, search.
