//! What others read: JSON lines, tables, definitions of counts.
