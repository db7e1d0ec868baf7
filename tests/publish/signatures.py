"""Signs requests with botocore, AWS's own implementation, and compares with the signatures that they have."""

import json
import os
import sys

from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

keys = Credentials(*(os.environ[name] for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")))
wrong = []
for sent in json.load(open(sys.argv[1])):
    headers = dict(sent["headers"])
    authorization = headers.pop("authorization")
    parts = dict(part.strip().split("=", 1) for part in authorization.split(" ", 1)[1].split(","))
    _, _, region, service, _ = parts["Credential"].split("/")
    signed = {name: headers[name] for name in parts["SignedHeaders"].split(";")}
    request = AWSRequest(sent["method"], f"http://{headers['host']}{sent['path']}", headers=signed)
    request.context["timestamp"] = headers["x-amz-date"]
    auth = (S3SigV4Auth if service == "s3" else SigV4Auth)(keys, service, region)
    expected = auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request)
    if expected != parts["Signature"]:
        wrong.append(f"{sent['method']} {sent['path']}\n{auth.canonical_request(request)}")
print("\n\n".join(wrong))
sys.exit(bool(wrong))
