"""An AWS account on loopback for a stage: a bucket in it, and what it has, asked of AWS's own library."""

import json
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import boto3

SERVER = Path(__file__).parents[1] / "aws"
BUCKET, REGION = "client-papers", "eu-central-1"
ACCOUNT = "123456789012"
SECRET = "wJalrXUtnFEMIK7MDENGbPxRfiCYsignetsecret"
LOGIN = {"AWS_ACCESS_KEY_ID": "AKIASIGNETWINDOW0001", "AWS_SECRET_ACCESS_KEY": SECRET}


class Account:
    def __init__(self, port):
        self.endpoint = f"http://127.0.0.1:{port}"
        self.cloudfront, self.s3 = self._client("cloudfront"), self._client("s3")
        self.s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})

    def _client(self, service):
        return boto3.client(
            service,
            endpoint_url=self.endpoint,
            region_name=REGION,
            aws_access_key_id="looking",
            aws_secret_access_key="looking",
        )

    def all(self):
        """Everything in it that a set-up could touch."""
        looked = subprocess.run(
            [sys.executable, SERVER / "account.py", self.endpoint],
            input=json.dumps({"account": ACCOUNT, "bucket": BUCKET}),
            text=True,
            capture_output=True,
            check=True,
            timeout=60,
        )
        return json.loads(looked.stdout)

    def add_key(self, pem, group):
        """A public key, and its place in a key group; gives its ID."""
        config = {"CallerReference": "by hand", "Name": "by-hand", "EncodedKey": pem}
        key = self.cloudfront.create_public_key(PublicKeyConfig=config)["PublicKey"]["Id"]
        there = self.cloudfront.get_key_group(Id=group)
        config = there["KeyGroup"]["KeyGroupConfig"]
        config["Items"].append(key)
        self.cloudfront.update_key_group(Id=group, IfMatch=there["ETag"], KeyGroupConfig=config)
        return key

    def remove_key(self, key, group):
        there = self.cloudfront.get_key_group(Id=group)
        config = there["KeyGroup"]["KeyGroupConfig"]
        config["Items"].remove(key)
        self.cloudfront.update_key_group(Id=group, IfMatch=there["ETag"], KeyGroupConfig=config)
        etag = self.cloudfront.get_public_key(Id=key)["ETag"]
        self.cloudfront.delete_public_key(Id=key, IfMatch=etag)

    def log_in(self, stage):
        stage.env |= LOGIN | {"AWS_ENDPOINT_URL": self.endpoint}


@contextmanager
def account():
    server = subprocess.Popen(
        [sys.executable, SERVER / "cloudfront.py"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield Account(int(server.stdout.readline()))
    finally:
        server.stdin.close()
        server.wait(10)
