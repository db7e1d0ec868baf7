//! Publishes to a zip: the site and nothing else, and the same bytes for the same site.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::error::PublishError;
use super::manifest::TargetManifest;
use super::release::{FileHashes, ReleaseId};
use super::target::{Change, KeptState, Target};
use crate::output::Sha256;
use crate::platform::let_all_read;

/// A zip that a site is published to.
pub(super) struct ZipTarget {
    path: PathBuf,
}

impl ZipTarget {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Opens the zip, if there is one.
    fn open(&self) -> Result<Option<ZipArchive<File>>, PublishError> {
        let file = match File::open(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            file => file.map_err(PublishError::disk("read", &self.path))?,
        };
        ZipArchive::new(file).map(Some).map_err(|error| {
            PublishError::new(format!("`{}` is there, and is not a zip: {error}", self.path.display()))
                .help("move it away, or publish to another file")
        })
    }

    /// Writes the zip to `file`.
    fn write(&self, file: File, change: &Change<'_>) -> Result<(), PublishError> {
        let failed = |error: &dyn std::fmt::Display| {
            PublishError::new(format!("cannot write `{}`: {error}", self.path.display()))
        };
        // One date for all: that of the day would make other bytes of the same site.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        let mut live = self.open()?;
        let mut writer = ZipWriter::new(BufWriter::new(file));
        for (done, path) in change.plan.files.keys().enumerate() {
            let from_site = change.site.filter(|site| site.holds(path));
            let bytes = match from_site {
                Some(site) => site.read(path)?,
                None => self.entry(live.as_mut(), path)?.ok_or_else(|| failed(&format!("it has lost `{path}`")))?,
            };
            writer.start_file(path.as_str(), options).map_err(|error| failed(&error))?;
            writer.write_all(&bytes).map_err(|error| failed(&error))?;
            (change.progress)(done + 1, change.plan.files.len());
        }
        let mut buffer = writer.finish().map_err(|error| failed(&error))?;
        buffer.flush().map_err(|error| failed(&error))
    }
}

impl Target for ZipTarget {
    fn read(&mut self) -> Result<KeptState, PublishError> {
        let mut files = FileHashes::new();
        if let Some(mut archive) = self.open()? {
            for index in 0..archive.len() {
                let mut bytes = Vec::new();
                let mut file = archive.by_index(index).map_err(|error| self.damaged(&error))?;
                file.read_to_end(&mut bytes).map_err(|error| self.damaged(&error))?;
                let name = file.name().map_err(|error| self.damaged(&error))?.into_owned();
                files.insert(name, Sha256::new(&bytes).to_string());
            }
        }
        Ok(KeptState { manifest: TargetManifest { files, ..TargetManifest::default() }, claim_age: None })
    }

    fn live_files(&self, paths: &[&str]) -> Result<Vec<Option<Vec<u8>>>, PublishError> {
        let mut live = self.open()?;
        paths.iter().map(|path| self.entry(live.as_mut(), path)).collect()
    }

    /// Only what is live is kept.
    fn files(&self, _: &ReleaseId, files: &[(&str, &str)]) -> Result<Vec<Option<Vec<u8>>>, PublishError> {
        self.live_files(&files.iter().map(|(path, _)| *path).collect::<Vec<_>>())
    }

    fn record(&self, _: &ReleaseId) -> Result<Option<Vec<u8>>, PublishError> {
        Ok(None)
    }

    fn claim(&mut self, _: &TargetManifest) -> Result<(), PublishError> {
        Ok(())
    }

    fn apply(&mut self, change: &Change<'_>) -> Result<(), PublishError> {
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        if let Some(folder) = folder {
            fs::create_dir_all(folder).map_err(PublishError::disk("create", folder))?;
        }
        let mut builder = tempfile::Builder::new();
        let new = builder.prefix(".annal-").tempfile_in(folder.unwrap_or(Path::new(".")));
        let new = new.map_err(PublishError::disk("write", &self.path))?;
        let file = new.reopen().map_err(PublishError::disk("write", &self.path))?;
        self.write(file, change)?;
        // A temporary file is for its owner alone. A zip that only its owner can read is still a zip.
        _ = let_all_read(new.path());
        new.persist(&self.path).map_err(|error| PublishError::disk("write", &self.path)(error.error))?;
        Ok(())
    }

    fn commit(&mut self, _: &TargetManifest) -> Result<(), PublishError> {
        Ok(())
    }

    fn keeps_releases(&self) -> bool {
        false
    }
}

impl ZipTarget {
    /// The bytes of a file in the zip, if both are there.
    fn entry(&self, archive: Option<&mut ZipArchive<File>>, path: &str) -> Result<Option<Vec<u8>>, PublishError> {
        let Some(archive) = archive else { return Ok(None) };
        let mut file = match archive.by_name(path) {
            Err(ZipError::FileNotFound) => return Ok(None),
            found => found.map_err(|error| self.damaged(&error))?,
        };
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|error| self.damaged(&error))?;
        Ok(Some(bytes))
    }

    fn damaged(&self, error: &dyn std::fmt::Display) -> PublishError {
        PublishError::new(format!("`{}` is damaged: {error}", self.path.display()))
            .help("move it away and publish again")
    }
}
