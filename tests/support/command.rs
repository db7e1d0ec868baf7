//! Runs the program as people and scripts do.

#[cfg(unix)]
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Runs `annal` with arguments in a folder, independent of this computer's colour settings and clock.
pub(crate) fn annal(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_annal"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
        command.env_remove(name);
    }
    // 18 November 2026.
    command.env("SOURCE_DATE_EPOCH", "1795000000");
    command.args(args).current_dir(folder).output().expect("the program was built")
}

/// Everything that a run printed, with its exit status.
pub(crate) fn printed(output: &Output) -> String {
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let err = if err.is_empty() { String::new() } else { format!("--- standard error ---\n{err}") };
    format!("{out}{err}--- exit status {} ---", output.status.code().unwrap_or(-1))
}

/// What a run printed as JSON.
pub(crate) fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", printed(output)))
}

/// A fake browser that runs a line of shell. `$pdf` is the file that it should write.
#[cfg(unix)]
pub(crate) fn browser(folder: &Path, command: &str) -> String {
    use std::os::unix::fs::PermissionsExt;
    let program = folder.join("browser");
    let script = format!(
        "#!/bin/sh\nfor word; do case $word in --print-to-pdf=*) pdf=${{word#*=}};; --no-sandbox) free=1;; esac; done\n{command}\n"
    );
    fs::write(&program, script).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    program.to_str().unwrap().to_owned()
}
