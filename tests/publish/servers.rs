//! Real servers in processes of their own, which end with the test.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// How long a server may take to start.
const PATIENCE: Duration = Duration::from_mins(1);

/// A server that runs.
pub(crate) struct Server {
    process: Child,
    pub port: u16,
    /// Its files and its log.
    pub folder: TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

/// The bucket that the servers have.
pub(crate) const BUCKET: &str = "reports";

impl Server {
    /// Starts a command, to which `arguments` gives its port and folder.
    fn start(program: &Path, arguments: impl Fn(u16, &Path) -> Vec<String>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let log = File::create(folder.path().join("log")).unwrap();
        let process = Command::new(program)
            .args(arguments(port, folder.path()))
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn();
        let process = process.unwrap_or_else(|error| panic!("{}: {error}; ./tests/run installs it", program.display()));
        let server = Self { process, port, folder };
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(begun.elapsed() < PATIENCE, "{} does not start:\n{}", program.display(), server.log());
            std::thread::sleep(Duration::from_millis(20));
        }
        server
    }

    /// S3 and `CloudFront`, which accept any signature.
    pub(crate) fn moto() -> Self {
        let server = Self::start(&moto_folder().join("bin/moto_server"), |port, _| {
            ["-H", "127.0.0.1", "-p", &port.to_string()].map(str::to_owned).into()
        });
        server.request("PUT", &format!("/{BUCKET}"), "").expect("the bucket is made");
        server
    }

    /// S3 that checks every signature.
    pub(crate) fn s3s() -> Self {
        let program = std::env::var_os("ANNAL_S3S_FS").expect("`tests/soak publish` installs s3s-fs and names it");
        Self::start(Path::new(&program), |port, folder| {
            fs::create_dir(folder.join(BUCKET)).unwrap();
            let [(_, key), (_, secret), _] = crate::westshire::CANARIES;
            let arguments =
                ["--host", "127.0.0.1", "--port", &port.to_string(), "--access-key", key, "--secret-key", secret];
            arguments.into_iter().map(str::to_owned).chain([folder.display().to_string()]).collect()
        })
    }

    /// An SSH server that lets in one key.
    pub(crate) fn sshd() -> Self {
        if nix_is_root() {
            fs::create_dir_all("/run/sshd").unwrap();
        }
        Self::start(Path::new("/usr/sbin/sshd"), |port, folder| {
            for name in ["host", "key"] {
                let file = folder.join(name);
                let made = Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&file).status();
                assert!(made.unwrap().success());
            }
            let here = folder.display();
            let config = format!(
                "Port {port}\nListenAddress 127.0.0.1\nHostKey {here}/host\nAuthorizedKeysFile {here}/key.pub\nStrictModes no\n\
                 UsePAM no\nPidFile none\nMaxStartups 100\nSubsystem sftp internal-sftp\n"
            );
            fs::write(folder.join("config"), config).unwrap();
            // What a person has in ~/.ssh/config, which OpenSSH finds by the user's name and not by HOME.
            fs::create_dir(folder.join("bin")).unwrap();
            let sftp = folder.join("bin/sftp");
            let options =
                "-o IdentitiesOnly=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR";
            fs::write(&sftp, format!("#!/bin/sh\nexec /usr/bin/sftp -i {here}/key {options} \"$@\"\n")).unwrap();
            #[cfg(unix)]
            fs::set_permissions(&sftp, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
            ["-D", "-e", "-f", &format!("{here}/config")].map(str::to_owned).into()
        })
    }

    /// Makes a distribution of `CloudFront`, and gives its id.
    pub(crate) fn distribution(&self) -> String {
        let script = format!(
            "import boto3\nnone = dict(ForwardedValues=dict(QueryString=False, Cookies=dict(Forward='none')), MinTTL=0)\n\
             origin = dict(Id='o', DomainName='{BUCKET}.s3.amazonaws.com', S3OriginConfig=dict(OriginAccessIdentity=''))\n\
             cdn = boto3.client('cloudfront', endpoint_url='http://127.0.0.1:{}', region_name='us-east-1')\n\
             behaviour = dict(TargetOriginId='o', ViewerProtocolPolicy='allow-all', **none)\n\
             config = dict(CallerReference='a', Comment='', Enabled=True, DefaultCacheBehavior=behaviour,\n\
             \x20   Origins=dict(Quantity=1, Items=[origin]))\n\
             print(cdn.create_distribution(DistributionConfig=config)['Distribution']['Id'])",
            self.port
        );
        let mut python = Command::new(moto_folder().join("bin/python"));
        let made = python.args(["-c", &script]).envs(crate::westshire::CANARIES).output();
        let made = made.expect("./tests/run installs Python with moto");
        assert!(made.status.success(), "{}", crate::westshire::everything(&made));
        String::from_utf8(made.stdout).unwrap().trim().to_owned()
    }

    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap()
    }

    /// The body of the answer to a request without a signature, if it is a success.
    pub(crate) fn request(&self, method: &str, path: &str, body: &str) -> Option<Vec<u8>> {
        self.answer(method, path, body)
            .filter(|(head, _)| head.split(' ').nth(1).is_some_and(|status| status.starts_with('2')))
            .map(|(_, body)| body)
    }

    /// The head and the body of an answer. What is signed, `moto` lets through, whatever the signature.
    pub(crate) fn answer(&self, method: &str, path: &str, body: &str) -> Option<(String, Vec<u8>)> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\
             Authorization: AWS4-HMAC-SHA256 Credential=k/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0\r\n\
             Content-Length: {length}\r\n\r\n{body}",
            self.port
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n")?;
        Some((String::from_utf8_lossy(&answer[..end]).into_owned(), answer[end + 4..].to_vec()))
    }

    /// The object at a key below a prefix.
    pub(crate) fn object(&self, prefix: &str, key: &str) -> Option<Vec<u8>> {
        self.request("GET", &format!("/{BUCKET}/{prefix}/{key}"), "")
    }

    /// The keys below a prefix of a server that lists them.
    pub(crate) fn keys(&self, prefix: &str) -> Vec<String> {
        let list = self.request("GET", &format!("/{BUCKET}?list-type=2&prefix={prefix}/"), "").unwrap();
        let list = String::from_utf8(list).unwrap();
        let keys = list.split("<Key>").skip(1).filter_map(|key| key.split("</Key>").next());
        keys.map(|key| key.strip_prefix(&format!("{prefix}/")).unwrap().to_owned()).collect()
    }
}

/// The folder of the Python environment with `moto`.
pub(crate) fn moto_folder() -> PathBuf {
    let beside_target = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("moto");
    std::env::var_os("ANNAL_MOTO").map_or(beside_target, PathBuf::from)
}

fn nix_is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.starts_with(b"0\n"))
}
