//! What the Swarm manager refuses.
