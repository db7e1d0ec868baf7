//! Runs the machine's own `sftp`, so that keys, agents, jump hosts and known hosts are those of `ssh`.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::publish::error::PublishError;
use crate::publish::retry::Fault;

/// A host to connect to.
#[derive(Debug)]
pub(super) struct Connection {
    /// `user@host` or `host`.
    pub host: String,
    pub port: Option<u16>,
}

/// Commands for `sftp`, one a line.
#[derive(Debug, Default)]
pub(super) struct Batch(String);

impl Batch {
    /// Adds a command with its arguments, which are quoted.
    pub(super) fn run(&mut self, command: &str, arguments: &[&str]) -> &mut Self {
        self.0.push_str(command);
        for argument in arguments {
            self.0.push(' ');
            self.0.push_str(&quoted(argument));
        }
        self.0.push('\n');
        self
    }

    /// The same, for a command that may fail.
    pub(super) fn try_run(&mut self, command: &str, arguments: &[&str]) -> &mut Self {
        self.0.push('-');
        self.run(command, arguments)
    }
}

/// An argument as `sftp` reads it: in quotation marks, between which only these two mean something else.
fn quoted(argument: &str) -> String {
    let mut quoted = String::from("\"");
    for c in argument.chars() {
        if matches!(c, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('"');
    quoted
}

impl Connection {
    /// Opens a connection and runs a batch to its end, or to the first command that fails and may not.
    ///
    /// # Errors
    ///
    /// A connection that fails may succeed later; a command that fails will not.
    pub(super) fn run(&self, batch: &Batch) -> Result<(), Fault> {
        let mut command = Command::new("sftp");
        command.args([
            "-b",
            "-",
            "-o",
            "ConnectTimeout=10",
            "-o",
            "ServerAliveInterval=5",
            "-o",
            "ServerAliveCountMax=2",
        ]);
        command.args(self.port.iter().flat_map(|port| ["-P".to_owned(), port.to_string()])).arg("--").arg(&self.host);
        // It needs none of these, and hands its environment on to helpers.
        for secret in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"] {
            command.env_remove(secret);
        }
        let child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
        let mut child = child.map_err(|error| {
            Fault::Final(PublishError::new(format!("cannot run `sftp`: {error}")).help(
                "install OpenSSH's client (on Debian and Ubuntu: `apt install openssh-client`; on Windows: Settings › \
                 Optional features › OpenSSH Client)",
            ))
        })?;
        // The batch is longer than a pipe holds, and what `sftp` says has to be read meanwhile.
        let mut stdin = child.stdin.take().expect("its input is a pipe");
        let output = std::thread::scope(|scope| {
            // If `sftp` ends early, its exit status says why.
            scope.spawn(move || _ = stdin.write_all(batch.0.as_bytes()));
            child.wait_with_output()
        });
        let output = output.map_err(|error| Fault::Final(PublishError::new(format!("cannot run `sftp`: {error}"))))?;
        if output.status.success() {
            return Ok(());
        }
        Err(self.fault(output.status.code(), &String::from_utf8_lossy(&output.stderr)))
    }

    /// Why `sftp` failed.
    fn fault(&self, status: Option<i32>, said: &str) -> Fault {
        let host = &self.host;
        let last = said.lines().rev().find(|line| !line.trim().is_empty() && !line.starts_with("Connection closed"));
        let last = last.unwrap_or("the connection was closed").trim().trim_end_matches('.');
        let error = PublishError::new(format!("sftp to {host}: {last}"));
        if said.contains("Permission denied (") {
            return Fault::Final(error.help(format!(
                "annal never asks for a password: add your key to the SSH agent with `ssh-add`, and try `sftp {host}`"
            )));
        }
        if said.contains("Host key verification failed") {
            return Fault::Final(error.help(format!(
                "this computer does not know the host yet: connect once with `sftp {host}` and compare its fingerprint"
            )));
        }
        if said.contains("Could not resolve hostname") && !said.contains("Temporary failure") {
            return Fault::Final(error.help("correct the host in site.yaml"));
        }
        let is_broken =
            ["Connection closed", "Connection reset", "Broken pipe", "timed out", "Connection refused", "lost"];
        if status == Some(255) || status.is_none() || is_broken.iter().any(|words| said.contains(words)) {
            return Fault::Passing(error);
        }
        Fault::Final(error.help("the account needs to create, rename and link files in that folder"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_mean_nothing_but_themselves() {
        let mut batch = Batch::default();
        batch.run("put", &["a b", "c*\"d\\"]).try_run("rm", &["[x]?"]);
        assert_eq!(batch.0, "put \"a b\" \"c*\\\"d\\\\\"\n-rm \"[x]?\"\n");
    }

    #[test]
    fn faults_that_may_pass_are_told_from_others() {
        let connection = Connection { host: "h".into(), port: None };
        let check = |status, said: &str| matches!(connection.fault(Some(status), said), Fault::Passing(_));
        assert!(check(255, "ssh: connect to host h port 22: Connection refused\nConnection closed."));
        assert!(check(1, "client_loop: send disconnect: Broken pipe"));
        assert!(!check(255, "deploy@h: Permission denied (publickey).\nConnection closed"));
        assert!(!check(255, "Host key verification failed.\nConnection closed"));
        assert!(!check(1, "remote open \"/srv/x\": Permission denied"));
    }
}
