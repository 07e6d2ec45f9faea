//! Resolving: mentions in, records out.
