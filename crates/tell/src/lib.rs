//! Telling: records in, words out; who may be named.
