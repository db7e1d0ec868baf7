//! Runs the machine's own `sftp`, so that keys, agents, jump hosts and known hosts are those of `ssh`.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::diagnostic::printable::sanitize;
use crate::publish::error::PublishError;
use crate::publish::retry::Fault;

/// The maximum bytes in a command. `sftp` takes what is beyond for a command of its own.
const LONGEST_COMMAND: usize = 2046;

/// What `sftp` writes before it repeats a command of a batch.
const PROMPT: &str = "sftp> ";

/// A host to connect to.
#[derive(Debug)]
pub(super) struct Connection {
    /// `user@host` or `host`.
    pub host: String,
    pub port: Option<u16>,
}

/// Commands for `sftp`, one a line.
#[derive(Debug, Default)]
pub(super) struct Batch {
    commands: String,
    /// A name that `sftp` would take for something else. Then nothing of the batch is run.
    unfit: Option<String>,
}

impl Batch {
    /// Adds a command with its arguments, which are quoted. A line break in one would end the command, and what follows would
    /// be another: such a batch is refused as a whole when it is run.
    pub(super) fn run(&mut self, command: &str, arguments: &[&str]) -> &mut Self {
        let quoted: Vec<String> = arguments.iter().map(|argument| quoted(argument)).collect();
        let line = format!("{command} {}", quoted.join(" "));
        let mut unfit = arguments.iter().filter(|argument| argument.contains(char::is_control));
        let unfit = unfit.next().or_else(|| arguments.last().filter(|_| line.len() > LONGEST_COMMAND));
        if let Some(unfit) = unfit {
            self.unfit.get_or_insert_with(|| (*unfit).to_owned());
        } else {
            self.commands.push_str(&line);
            self.commands.push('\n');
        }
        self
    }

    /// The same, for a command that may fail.
    pub(super) fn try_run(&mut self, command: &str, arguments: &[&str]) -> &mut Self {
        self.run(&format!("-{command}"), arguments)
    }

    /// The commands, if each of them is one.
    fn commands(&self) -> Result<&str, PublishError> {
        let Some(unfit) = &self.unfit else { return Ok(&self.commands) };
        let short: String = sanitize(unfit, false).chars().take(200).collect();
        let why = if unfit.contains(char::is_control) {
            "has a line break or another character that nobody sees"
        } else {
            "is too long for it"
        };
        Err(PublishError::new(format!("`sftp` cannot be given the name `{short}`: it {why}"))
            .help("give the file or the folder another name"))
    }
}

/// Which of some paths are there, by what `sftp` says when it lists each of them with `ls -a`: at least `.` of a folder,
/// and nothing where nothing is. `None` if it says something else.
pub(super) fn listed(said: &str, count: usize) -> Option<Vec<bool>> {
    let mut there = Vec::with_capacity(count);
    for line in said.lines() {
        if line.starts_with(PROMPT) {
            there.push(false);
        } else {
            *there.last_mut()? |= !line.trim().is_empty();
        }
    }
    (there.len() == count).then_some(there)
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
        self.ask(batch).map(drop)
    }

    /// The same, with what `sftp` says: each command, and what it lists.
    pub(super) fn ask(&self, batch: &Batch) -> Result<String, Fault> {
        let commands = batch.commands().map_err(Fault::Final)?;
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
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
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
            scope.spawn(move || _ = stdin.write_all(commands.as_bytes()));
            child.wait_with_output()
        });
        let output = output.map_err(|error| Fault::Final(PublishError::new(format!("cannot run `sftp`: {error}"))))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
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
        let is_broken = [
            "Connection closed",
            "Connection reset",
            "Broken pipe",
            "timed out",
            "Connection refused",
            "lost connection",
        ];
        if status == Some(255) || status.is_none() || is_broken.iter().any(|words| said.contains(words)) {
            return Fault::Passing(error);
        }
        Fault::Final(error.help("the account needs to read, create, rename and link files in that folder"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_mean_nothing_but_themselves() {
        let mut batch = Batch::default();
        batch.run("put", &["a b", "c*\"d\\"]).try_run("rm", &["[x]?"]);
        assert_eq!(batch.commands().unwrap(), "put \"a b\" \"c*\\\"d\\\\\"\n-rm \"[x]?\"\n");
    }

    #[test]
    fn a_name_that_would_be_another_command_is_refused() {
        let check = |argument: &str| {
            let mut batch = Batch::default();
            batch.run("put", &["a", argument]).try_run("rm", &["b"]);
            if argument.contains(char::is_control) {
                let mut tried = Batch::default();
                assert!(tried.try_run("rm", &[argument]).commands().is_err());
            }
            batch.commands().map(str::to_owned).map_err(|error| error.message)
        };
        assert_eq!(
            check("a\n!touch x\nb").unwrap_err(),
            "`sftp` cannot be given the name `a !touch x b`: it has a line break or another character that nobody sees"
        );
        assert!(check("a\rb").is_err() && check("a\0b").is_err() && check("a\u{85}b").is_err());
        assert!(check(&"a".repeat(2046 - "put \"a\" \"\"".len())).is_ok());
        assert!(check(&"a".repeat(2047 - "put \"a\" \"\"".len())).unwrap_err().ends_with("it is too long for it"));
        assert!(check(&"\"".repeat(1100)).is_err());
        let connection = Connection { host: "nowhere.invalid".into(), port: None };
        let mut batch = Batch::default();
        batch.run("put", &["a\n!false"]);
        assert!(matches!(connection.run(&batch), Err(Fault::Final(error)) if error.message.contains("line break")));
    }

    #[test]
    fn what_is_listed_is_there() {
        let said = "sftp> -ls -1a \"/s/none\"\nsftp> -ls -1a \"/s/empty\"\n/s/empty/.\n/s/empty/..\nsftp> -ls -1a \"/s/a\"\n/s/a\n";
        assert_eq!(listed(said, 3), Some(vec![false, true, true]));
        assert_eq!(listed(said, 2), None);
        assert_eq!(listed("welcome\nsftp> ls\n", 1), None);
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
        assert!(!check(1, "File \"/srv/lost-children/x\" not found."));
    }
}
