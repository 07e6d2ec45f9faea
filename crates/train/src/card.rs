//! Cards: what a file of weights was made of.
