//! A real swarm of five nodes against our predictions: `bash tests/swarm/lab.sh test`. To look at
//! one case, `lab.sh up` and then `SWARM_LAB_ONLY=cpus cargo test swarm:: -- --ignored --nocapture
//! --test-threads=1`.

mod case;
mod docker;
mod inventory;
mod live;
mod loss;
mod outcome;
mod placement;
mod planned;
mod refusal;
mod specs;
mod stack;
mod update;
