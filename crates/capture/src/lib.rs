//! Capture: bytes in, documents out.
