"""moto on a loopback port, with what CloudFront does besides and the tests stand on: ids of the right
form, names and caller references that may stand once, versions that are compared, an access control that
an origin keeps, the keys that are in force, and things that are not removed while they are used. What S3 does
besides is in `s3.py`, and what IAM does in `iam.py`.

Prints its port, and ends when its standard input does."""

import os
import random
import sys
import threading

import iam
import s3
from moto.cloudfront import models
from moto.cloudfront.exceptions import CloudFrontException
from moto.cloudfront.responses import CloudFrontResponse
from moto.core.responses import ActionResult, EmptyResult
from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import make_server

CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def an_id(first):
    return first + "".join(random.choice(CAPITALS) for _ in range(13))


# The code alone says not that it is the version: a pricing plan is refused by the same one.
WORDS = {
    "PreconditionFailed": "The request failed because it didn't meet the preconditions in one or more request-header fields."
}


def refuse(code):
    raise CloudFrontException(code, WORDS.get(code, "Refused by the test's CloudFront."))


class Origin(models.Origin):
    def __init__(self, origin):
        super().__init__(origin)
        self.origin_access_control_id = origin.get("OriginAccessControlId") or ""
        # moto gives it back for a bucket only where this is set.
        if "S3OriginConfig" in origin:
            self.s3_origin_config = {"OriginAccessIdentity": origin["S3OriginConfig"].get("OriginAccessIdentity") or ""}


class ActiveKeyGroups:
    def __init__(self, distribution, backend):
        self.trusted = lambda: trusted(distribution)
        self.backend = backend

    @property
    def enabled(self):
        return self.trusted().enabled

    @property
    def items(self):
        groups = [self.backend.key_groups[id] for id in self.trusted().items]
        return [
            {
                "KeyGroupId": group.id,
                "KeyPairIds": {
                    "Enabled": True,
                    "Quantity": len(group.items),
                    "Items": group.items,
                },
            }
            for group in groups
        ]

    @property
    def quantity(self):
        return len(self.items)


def trusted(distribution):
    return distribution.distribution_config.DefaultCacheBehavior.trusted_key_groups


class Backend(models.CloudFrontBackend):
    def create_distribution_with_tags(self, distribution_config, tags):
        made, location, etag = super().create_distribution_with_tags(distribution_config, tags)
        account = made.arn.split(":")[4]
        del self.distributions[made.distribution_id]
        made.id = made.distribution_id = an_id("E")
        made.arn = "arn:aws:cloudfront::{}:distribution/{}".format(account, made.id)
        made.active_trusted_key_groups = ActiveKeyGroups(made, self)
        self.distributions[made.id] = made
        return made, location, etag

    def update_distribution(self, dist_config, _id, if_match):
        there = self.distributions.get(_id)
        if there and there.etag != if_match:
            refuse("PreconditionFailed")
        super().update_distribution(dist_config, _id, if_match)
        there.etag = an_id("E")
        return there, there.location, there.etag

    def delete_distribution(self, distribution_id, if_match):
        there = self.distributions.get(distribution_id)
        if there and there.etag != if_match:
            refuse("PreconditionFailed")
        if there and there.distribution_config.Enabled:
            refuse("DistributionNotDisabled")
        super().delete_distribution(distribution_id, if_match)

    def create_origin_access_control(self, config_dict):
        if any(there.name == config_dict["Name"] for there in self.origin_access_controls.values()):
            refuse("OriginAccessControlAlreadyExists")
        return super().create_origin_access_control(config_dict)

    def delete_origin_access_control(self, control_id):
        there = self.get_origin_access_control(control_id)
        for distribution in self.distributions.values():
            for origin in distribution.distribution_config.Origins["Items"]:
                if origin.origin_access_control_id == there.id:
                    refuse("OriginAccessControlInUse")
        super().delete_origin_access_control(control_id)

    def create_public_key(self, caller_ref, name, encoded_key):
        for there in self.public_keys.values():
            if there.caller_ref == caller_ref or there.name == name:
                refuse("PublicKeyAlreadyExists")
        key = super().create_public_key(caller_ref, name, encoded_key)
        del self.public_keys[key.id]
        key.id = an_id("K")
        self.public_keys[key.id] = key
        return key

    def get_public_key(self, key_id):
        return self.public_keys.get(key_id) or refuse("NoSuchPublicKey")

    def delete_public_key(self, key_id):
        self.get_public_key(key_id)
        if any(key_id in group.items for group in self.key_groups.values()):
            refuse("PublicKeyInUse")
        super().delete_public_key(key_id)

    def create_key_group(self, name, items):
        if any(there.name == name for there in self.key_groups.values()):
            refuse("KeyGroupAlreadyExists")
        return super().create_key_group(name, items)

    def get_key_group(self, group_id):
        return self.key_groups.get(group_id) or refuse("NoSuchResource")

    def delete_key_group(self, group_id):
        self.get_key_group(group_id)
        if any(group_id in trusted(there).items for there in self.distributions.values()):
            refuse("ResourceInUse")
        del self.key_groups[group_id]


def update_key_group(response):
    group = response.backend.get_key_group(response._get_param("Id"))
    group.items = response._get_param("KeyGroupConfig.Items", [])
    group.etag = an_id("E")
    return ActionResult({"KeyGroup": group, "ETag": group.etag})


def delete_key_group(response):
    response.backend.delete_key_group(response._get_param("Id"))
    return EmptyResult()


def main():
    s3.mend()
    iam.mend()
    models.Origin = Origin
    CloudFrontResponse.delete_key_group = delete_key_group
    CloudFrontResponse.update_key_group = update_key_group
    # moto looks for the addresses of a service beside the backend's module.
    Backend.__module__ = models.__name__
    models.cloudfront_backends.backend = Backend
    server = make_server(
        "127.0.0.1",
        0,
        DomainDispatcherApplication(create_backend_app),
        threaded=True,
        request_handler=MotoRequestHandler,
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()
    os._exit(0)


main()
