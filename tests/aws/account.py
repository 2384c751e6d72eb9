"""Prints all that an account has which a set-up could touch, as JSON, asked of AWS's own library."""

import json
import sys

import boto3
from botocore.exceptions import ClientError

endpoint, bucket = sys.argv[1:]
options = {
    "endpoint_url": endpoint,
    "region_name": "eu-central-1",
    "aws_access_key_id": "looking",
    "aws_secret_access_key": "looking",
}
cloudfront, s3 = boto3.client("cloudfront", **options), boto3.client("s3", **options)


def items(answer, name):
    return answer[name].get("Items") or []


def policy():
    try:
        return s3.get_bucket_policy(Bucket=bucket)["Policy"]
    except ClientError as error:
        if error.response["Error"]["Code"] != "NoSuchBucketPolicy":
            raise


def config(distribution):
    return cloudfront.get_distribution_config(Id=distribution["Id"])["DistributionConfig"]


print(
    json.dumps(
        {
            "access_controls": items(
                cloudfront.list_origin_access_controls(), "OriginAccessControlList"
            ),
            "public_keys": [
                cloudfront.get_public_key(Id=key["Id"])["PublicKey"]
                for key in items(cloudfront.list_public_keys(), "PublicKeyList")
            ],
            "key_groups": [
                item["KeyGroup"] for item in items(cloudfront.list_key_groups(), "KeyGroupList")
            ],
            "distributions": {
                distribution["Id"]: config(distribution)
                for distribution in items(cloudfront.list_distributions(), "DistributionList")
            },
            "policy": policy(),
        },
        default=str,
        sort_keys=True,
    )
)
