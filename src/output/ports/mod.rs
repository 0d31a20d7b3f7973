//! Ports for people, machines and firewalls. A format, or a firewall's language, is one file and one
//! arm below.

mod aws;
mod docker_user;
mod firewalld;
mod hcl;
mod hetzner;
mod human;
mod json;
mod markdown;
mod nftables;
mod peers;
mod script;
mod ufw;
mod words;

use std::io;

use termcolor::WriteColor;

use crate::ports::Matrix;

pub use peers::{Clients, Peers};

/// How a matrix is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PortsFormat {
    Human,
    Json,
    Markdown,
}

impl PortsFormat {
    /// Writes a matrix.
    pub fn write(self, matrix: &Matrix, out: &mut dyn WriteColor) -> io::Result<()> {
        match self {
            Self::Human => human::write(matrix, out),
            Self::Json => json::write(matrix, out),
            Self::Markdown => markdown::write(matrix, out),
        }
    }
}

/// A firewall whose language is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Firewall {
    Ufw,
    Nftables,
    Firewalld,
    DockerUser,
    TerraformAws,
    TerraformHetzner,
}

impl Firewall {
    /// Writes rules that let in what is needed, and, where the firewall can, nothing else of it.
    pub fn write(
        self,
        matrix: &Matrix,
        peers: &Peers,
        clients: &Clients,
        out: &mut dyn WriteColor,
    ) -> io::Result<()> {
        match self {
            Self::Ufw => ufw::write(matrix, peers, out),
            Self::Nftables => nftables::write(matrix, peers, clients, out),
            Self::Firewalld => firewalld::write(matrix, peers, out),
            Self::DockerUser => docker_user::write(matrix, clients, out),
            Self::TerraformAws => aws::write(matrix, clients, out),
            Self::TerraformHetzner => hetzner::write(matrix, peers, clients, out),
        }
    }

    /// Whether its rules name the nodes by their addresses.
    pub fn needs_addresses(self) -> bool {
        !matches!(self, Self::DockerUser | Self::TerraformAws)
    }
}
