"""Makes a distribution ask for links: its default behaviour trusts the key group, and its origin in
the bucket has an origin access control. All else stays as it is.

`show` prints what would change, a line each; `edit` prints the new configuration, or nothing where
there is nothing to change."""
import json
import sys

mode, answer_file, distribution, bucket, region, access_control, key_group = sys.argv[1:]
with open(answer_file, encoding="utf-8") as file:
    config = json.load(file)["DistributionConfig"]


def refuse(what, do_now):
    sys.exit("\n{}\n{}".format(what, do_now))


def asks_for_links(behaviour):
    kinds = (behaviour.get("TrustedKeyGroups"), behaviour.get("TrustedSigners"))
    return any(kind and kind.get("Enabled") for kind in kinds)


def items(name, within=config):
    return (within.get(name) or {}).get("Items") or []


def members(target):
    """The origins that stand behind an id: one, or those of an origin group in their order."""
    groups = [group for group in items("OriginGroups") if group["Id"] == target]
    return [member["OriginId"] for member in groups[0]["Members"]["Items"]] if groups else [target]


if config.get("Staging"):
    refuse(
        "The distribution {} is a staging distribution: readers of a site come to it only by a header, "
        "or as a small share of them.".format(distribution),
        "Ask for a script for the primary distribution, or for a new one.",
    )
if config.get("ConnectionMode") == "tenant-only":
    refuse(
        "The distribution {} is a multi-tenant one, which has no address of its own for documents to open "
        "at.".format(distribution),
        "Ask for a script for a new distribution.",
    )
hosts = [
    "{}.s3.{}.amazonaws.com",
    "{}.s3-{}.amazonaws.com",
    "{}.s3.dualstack.{}.amazonaws.com",
    "{}.s3.amazonaws.com",
]
hosts = [host.format(bucket, region) for host in hosts]
origins = [origin for origin in items("Origins") if origin["DomainName"].lower() in hosts]
ways = [origin["Id"] for origin in origins]
if not origins:
    refuse(
        "The distribution {} does not fetch from the bucket {}.".format(distribution, bucket),
        "Ask for a script for the distribution that does, or for a new one.",
    )
behaviour = config["DefaultCacheBehavior"]
target = members(behaviour["TargetOriginId"])
origins = [origin for origin in origins if origin["Id"] in target]
# Of two in an origin group the one that is asked first, unless it asks as a web server is asked.
origins.sort(key=lambda origin: ("S3OriginConfig" not in origin, target.index(origin["Id"])))
if not origins:
    refuse(
        "The default behaviour of the distribution {} does not fetch from the bucket {}.".format(
            distribution, bucket
        ),
        "Ask for a script for a new distribution, or restrict the right behaviour by hand.",
    )
origin = origins[0]
if "S3OriginConfig" not in origin:
    refuse(
        "The distribution {} fetches from the bucket through a custom origin, which signs no request.".format(
            distribution
        ),
        "Make an S3 origin for the bucket and use that one, or ask for a script for a new distribution.",
    )

changes = []
# An access control of another name lets the distribution in just as well.
if not origin.get("OriginAccessControlId"):
    change = "  will give  its origin the origin access control"
    if origin["S3OriginConfig"].get("OriginAccessIdentity"):
        change += ", in place of its older origin access identity"
    changes.append(change)
    origin["OriginAccessControlId"] = access_control
    origin["S3OriginConfig"]["OriginAccessIdentity"] = ""
groups = behaviour.get("TrustedKeyGroups") or {}
trusted = groups.get("Items") or []
if key_group not in trusted and len(trusted) >= 4:
    refuse(
        "The default behaviour of the distribution {} has 4 key groups already, and CloudFront takes no more "
        "unless AWS has raised that for this account.".format(distribution),
        "Take out one that is not used, and run this again.",
    )
if not groups.get("Enabled") or key_group not in trusted:
    if asks_for_links(behaviour):
        changes.append("  will let   links of this key open its documents, beside those of other keys")
    else:
        changes.append("  will close its documents: what opens for everyone today will need a link")
    trusted = trusted if key_group in trusted else trusted + [key_group]
    behaviour["TrustedKeyGroups"] = {"Enabled": True, "Quantity": len(trusted), "Items": trusted}

if mode == "edit":
    if changes:
        print(json.dumps(config))
else:
    for line in changes or ["  is there   all that the distribution needs"]:
        print(line)
    for other in items("CacheBehaviors"):
        if not any(id in ways for id in members(other["TargetOriginId"])):
            continue
        if not asks_for_links(other):
            print("  stays open to everyone: {}".format(other["PathPattern"]))
        elif key_group not in items("TrustedKeyGroups", other):
            print("  takes links of other keys alone: {}".format(other["PathPattern"]))
