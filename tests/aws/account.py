"""For each line of its input (JSON: an account and a bucket in it) prints all that the account has which a
set-up could touch, or all documents of the bucket, as JSON, asked of AWS's own library. Arguments: where to ask, and an
access key with its secret where these count."""

import hashlib
import json
import sys

import boto3
from botocore.exceptions import ClientError

URL, ACCESS_KEY, SECRET = (sys.argv[1:] + ["looking", "looking"])[:3]
OPTIONS = {
    "endpoint_url": URL,
    "region_name": "eu-central-1",
    "aws_access_key_id": ACCESS_KEY,
    "aws_secret_access_key": SECRET,
}
cloudfront, s3, iam = (boto3.client(service, **OPTIONS) for service in ("cloudfront", "s3", "iam"))
asked = {}


def into_the_account(request, **_):
    request.headers["x-moto-account-id"] = asked["account"]


for client in (cloudfront, s3, iam):
    client.meta.events.register("before-sign.*.*", into_the_account)


def items(answer, name):
    return answer[name].get("Items") or []


def policy():
    try:
        return s3.get_bucket_policy(Bucket=asked["bucket"])["Policy"]
    except ClientError as error:
        if error.response["Error"]["Code"] != "NoSuchBucketPolicy":
            raise


def config(distribution):
    return cloudfront.get_distribution_config(Id=distribution["Id"])["DistributionConfig"]


def user(name):
    of = {"UserName": name}
    policies = iam.list_user_policies(**of)["PolicyNames"]
    return {
        "name": name,
        "tags": {tag["Key"]: tag["Value"] for tag in iam.list_user_tags(**of)["Tags"]},
        "policies": {policy: iam.get_user_policy(PolicyName=policy, **of)["PolicyDocument"] for policy in policies},
        "attached": iam.list_attached_user_policies(**of)["AttachedPolicies"],
        "groups": [group["GroupName"] for group in iam.list_groups_for_user(**of)["Groups"]],
        "keys": [key["AccessKeyId"] for key in iam.list_access_keys(**of)["AccessKeyMetadata"]],
    }


def account():
    controls = cloudfront.list_origin_access_controls()
    keys = items(cloudfront.list_public_keys(), "PublicKeyList")
    groups = items(cloudfront.list_key_groups(), "KeyGroupList")
    distributions = items(cloudfront.list_distributions(), "DistributionList")

    def tags(there):
        return cloudfront.list_tags_for_resource(Resource=there["ARN"])["Tags"]["Items"]

    return {
        "access_controls": items(controls, "OriginAccessControlList"),
        "public_keys": [cloudfront.get_public_key(Id=key["Id"])["PublicKey"] for key in keys],
        "key_groups": [item["KeyGroup"] for item in groups],
        "distributions": {there["Id"]: config(there) for there in distributions},
        "tags": {there["Id"]: tags(there) for there in distributions},
        "policy": policy(),
        "users": [user(there["UserName"]) for there in iam.list_users()["Users"]],
    }


def document(key):
    there = s3.get_object(Bucket=asked["bucket"], Key=key)
    content = there["Body"].read()
    return {
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "type": there["ContentType"],
        "disposition": there.get("ContentDisposition"),
        "cache": there.get("CacheControl"),
        "token": there["Metadata"].get("signet-upload"),
        "etag": there["ETag"].strip('"'),
    }


def documents():
    bucket = {"Bucket": asked["bucket"]}
    versions = s3.list_object_versions(**bucket)
    return {
        "documents": {
            there["Key"]: document(there["Key"]) for there in s3.list_objects_v2(**bucket).get("Contents", [])
        },
        "uploads": [there["Key"] for there in s3.list_multipart_uploads(**bucket).get("Uploads", [])],
        "versions": len(versions.get("Versions", [])),
        "marks": len(versions.get("DeleteMarkers", [])),
    }


for line in sys.stdin:
    asked = json.loads(line)
    if asked.get("new"):
        s3.create_bucket(
            Bucket=asked["bucket"], CreateBucketConfiguration={"LocationConstraint": OPTIONS["region_name"]}
        )
    found = documents() if asked.get("documents") else account()
    print(json.dumps(found, default=str, sort_keys=True), flush=True)
