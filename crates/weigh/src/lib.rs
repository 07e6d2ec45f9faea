//! Weighing: assertions, judgments and dates in, values and counts out.
