//! Scalars with a grammar of their own: text → value, no places, Docker's own words on refusal.
