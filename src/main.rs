//! The program.

use std::process::ExitCode;

fn main() -> ExitCode {
    swarm_plan::cli::main()
}
